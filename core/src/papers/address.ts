// Takes web and file addresses apart. Addresses are only read here, never edited: what is opened is always built anew from an ID.
import type { Address } from "./paper.js";

/** Longer addresses are refused. */
export const URL_LIMIT = 8192;

/** Percent-decodes; a malformed sequence leaves the text as it is. */
export function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Parses an `http:`, `https:` or `file:` address. Null for everything else, and for addresses with user info, backslashes, blanks or control
 * characters: browsers read those differently from people. Linear.
 */
export function parseAddress(href: string): Address | null {
  const head = /^(https?|file):\/\//i.exec(href);
  if (!head || /[\\\s\u0000-\u001f\u007f]/.test(href)) return null;
  const scheme = head[1].toLowerCase();
  const rest = href.slice(head[0].length);
  const hash = rest.indexOf("#");
  const beforeHash = hash < 0 ? rest : rest.slice(0, hash);
  const mark = beforeHash.indexOf("?");
  const beforeQuery = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const slash = beforeQuery.indexOf("/");
  const authority = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  if (authority.includes("@")) return null;
  const host = authority
    .replace(/:\d{0,5}$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (scheme !== "file" && (host.length > 253 || !/^[^.:]+(?:\.[^.:]+)+$/.test(host))) return null;
  const path = slash < 0 ? "" : beforeQuery.slice(slash);
  return {
    scheme,
    host,
    segments: path.split("/").map(decode).join("/").split("/").filter(Boolean),
    query: mark < 0 ? [] : parseQuery(beforeHash.slice(mark + 1)),
    href,
  };
}

function parseQuery(query: string): [string, string][] {
  return query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      // `amp;` is left where an address was copied out of HTML source.
      return [decode(name.replace(/\+/g, " ")).replace(/^amp;/, ""), decode(value.replace(/\+/g, " "))];
    });
}

/** The values of a query parameter. */
export const queryValues = (address: Address, name: string) => address.query.filter(([n]) => n === name).map(([, v]) => v);

/** Whether a host is one of these names or a sub-domain of one. */
export const isHost = (host: string, names: readonly string[]) => names.some((name) => host === name || host.endsWith(`.${name}`));

/** A DOI without what stands right behind it; the DOIs of papers have none of these characters. */
export const doiAlone = (text: string) => text.replace(/[[(,;&?].*$/s, "");

/** Sentences end addresses with these, addresses do not. */
const TRAILING = /^(?:[.,;:!?'")\]}>*]|%(?:2[279c]|3[be]|5d|7d))$/i;

/** An address without the punctuation of the sentence it was in. Linear. */
export function withoutPunctuation(url: string): string {
  let end = url.length;
  for (let n = 1; n; end -= n) n = [1, 3].find((k) => TRAILING.test(url.slice(Math.max(0, end - k), end))) ?? 0;
  return url.slice(0, end);
}
