// Texts of the extension's pages, in the browser's language.

/** A text by its key; `values` fill `$1`, `$2` ... */
export const t = (key: string, ...values: (string | number)[]) => chrome.i18n.getMessage(key, values.map(String)) || key;

/** The month of today, for the rules. */
export const thisMonth = () => new Date().toISOString().slice(0, 7);

/** Fills a page: `data-t` with its text, `data-t-title` and `data-t-label` with attributes. */
export function translatePage(): void {
  document.documentElement.lang = t("locale");
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) element.textContent = t(element.dataset.t!);
  for (const element of document.querySelectorAll<HTMLElement>("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel!));
  for (const element of document.querySelectorAll<HTMLElement>("[data-t-title]")) element.title = t(element.dataset.tTitle!);
  for (const element of document.querySelectorAll<HTMLInputElement>("[data-t-placeholder]")) element.placeholder = t(element.dataset.tPlaceholder!);
}

/** A destination's name: proper names as they are, the others translated. */
export const destinationName = (id: string, name: string) => (id === "original" || id === "original-pdf" ? t(id.replace("-", "_")) : name);

/** An element with attributes and children; text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
