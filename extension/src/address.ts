// What an address of this extension asks for: /lab/ID?k=v, /evaluate?language=L&text=T, /paper/ID. Pure, so that it can be tested as it is.

export type Address =
  | { readonly kind: "lab" /** ID?k=v */; readonly link: string }
  | { readonly kind: "evaluate"; readonly text: string; readonly language: string }
  | { readonly kind: "paper"; readonly name: string }
  | { readonly kind: "unknown" };

/** Characters of a text to evaluate. */
export const LONGEST_TEXT = 8192;

const LANGUAGES = new Set(["markdown", "latex", "python", "julia", "matlab", "r", "json", "csv", "plaintext"]);

/** The Markdown preview encodes a query once more than others do. */
const decoded = (text: string) => {
  try {
    return /%[0-9a-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
};

/** Control characters that are no line ends or tabs, and marks that turn the direction of writing, have no place in a note from outside. */
const clean = (text: string) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

/** `path` and `query` as the editor hands them over, decoded once. `text` is the last parameter: it may hold "&" itself. */
export function addressOf(path: string, query: string): Address {
  if (path.startsWith("/lab/")) return { kind: "lab", link: `${path.slice(5)}${query ? `?${query}` : ""}` };
  if (path.startsWith("/paper/") && path.length > 7) return { kind: "paper", name: clean(decoded(path.slice(7))).slice(0, 256) };
  if (path !== "/evaluate") return { kind: "unknown" };
  const whole = /(?:^|&)text=/.test(query) ? query : decoded(query);
  const [, before = "", text] = /^(.*?)(?:^|&)text=(.*)$/s.exec(whole) ?? [];
  if (text === undefined) return { kind: "unknown" };
  const language = /(?:^|&)language=([a-z]+)/.exec(before)?.[1] ?? "";
  return { kind: "evaluate", text: clean(whole === query ? decoded(text) : text), language: LANGUAGES.has(language) ? language : "markdown" };
}
