// Reading and marking pages that may be hostile or change under our hands: prototype methods are called directly, so that a form or an image
// named like a method cannot stand in for it.

/** The attribute every node of ours carries. */
export const MARK = "data-scholium";

export const all = <E extends Element = HTMLElement>(selector: string, root: ParentNode = document): NodeListOf<E> =>
  (root instanceof Document ? Document.prototype.querySelectorAll : Element.prototype.querySelectorAll).call(root, selector) as NodeListOf<E>;

export const first = <E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E | null =>
  (root instanceof Document ? Document.prototype.querySelector : Element.prototype.querySelector).call(root, selector) as E | null;

export const attribute = (element: Element, name: string): string => Element.prototype.getAttribute.call(element, name) ?? "";

/** A link of ours. It stays a plain link even when the extension is gone. */
export function makeLink(href: string, label: string, title: string, className = ""): HTMLAnchorElement {
  const a = document.createElement("a");
  a.setAttribute(MARK, "");
  a.href = href;
  a.target = "_blank";
  a.rel = "noopener noreferrer";
  a.title = title;
  a.textContent = label;
  if (className) a.className = className;
  return a;
}

/** Wraps nodes so that they are ours together. */
export function makeMark<K extends keyof HTMLElementTagNameMap>(tag: K, ...nodes: (Node | string)[]): HTMLElementTagNameMap[K] {
  const mark = document.createElement(tag);
  mark.setAttribute(MARK, "");
  mark.append(...nodes);
  return mark;
}

/** Our node among an element's children, if it is there already. */
export const within = (parent: Element | null): Element | null => parent && first(`:scope > [${MARK}]`, parent);

/** Our node right behind an element, if it is there already. */
export const behind = (element: Element): Element | null => {
  const next = element.nextElementSibling;
  return next?.hasAttribute(MARK) ? next : null;
};
