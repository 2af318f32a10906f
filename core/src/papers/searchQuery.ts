// Words to search for, out of any selected text.

const TAKEN = 20_000;
const TOKENS = 32;
const LENGTH = 256;

/** Words that stand after a hanging hyphen ("pre- and post-training"), so that the hyphen is no broken word. */
const HANGING = "and|or|to|und|et|oder";

/**
 * The search query of a text: its first 32 runs of letters and numbers within 256 characters, words broken at a line's end put together again;
 * null when no run has two characters. Linear.
 */
export function searchQuery(text: string): string | null {
  const plain = text
    .slice(0, TAKEN)
    .normalize("NFKC")
    .replace(/[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
    .replace(/(?<=\p{L})[-\u2010]\r?\n(?=\p{L})/gu, "")
    .replace(new RegExp(`(?<=\\p{L})[-\\u2010] (?!(?:${HANGING})(?![\\p{L}\\p{N}]))(?=\\p{Ll})`, "gu"), "");
  const tokens: string[] = [];
  let length = -1;
  for (const [token] of plain.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (tokens.length === TOKENS) break;
    if (length + 1 + token.length > LENGTH) {
      if (tokens.length === 0) tokens.push([...token.slice(0, LENGTH)].join("").replace(/[\ud800-\udbff]$/, ""));
      break;
    }
    tokens.push(token);
    length += 1 + token.length;
  }
  return tokens.some((t) => [...t].length >= 2) ? tokens.join(" ") : null;
}
