// Formulas that are just being typed in prose: begun before a place, and not ended yet.

const LONGEST = 5000;
/** Environments of TeX whose content is mathematics. */
const OPENING = /\\begin\{(?:equation|align|alignat|gather|multline|flalign|eqnarray|math|displaymath|split|cases|\w*matrix|array)\*?\}/g;
const CLOSING = /\\end\{(?:equation|align|alignat|gather|multline|flalign|eqnarray|math|displaymath|split|cases|\w*matrix|array)\*?\}/g;

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** The paragraph that a text ends with, without what only looks like a dollar of mathematics. */
function paragraphOf(text: string, tex: boolean): string {
  const paragraph = (text.split(/\n[ \t]*\r?\n/).at(-1) as string).replace(/\\\$/g, "");
  return paragraph.replace(tex ? /(?<!\\)%[^\n]*/g : /`[^`\n]*`/g, "");
}

/** Whether the dollars of a paragraph leave a formula open. In Markdown one before a blank opens nothing: it is a price. */
function dollarOpen(paragraph: string, tex: boolean): boolean {
  let open = "";
  for (const { 0: sign, index } of paragraph.matchAll(/\$\$?/g)) {
    if (open) open = sign === open ? "" : open;
    else if (sign === "$$" || tex || !/\s/.test(paragraph.charAt(index + 1))) open = sign;
  }
  return open !== "";
}

/** Whether a formula is open at the end of a text: an odd dollar in the paragraph, in TeX also a bracket or an environment without its end. */
export function isOpened(text: string, offset: number, tex = false): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST), offset);
  const paragraph = paragraphOf(before, tex);
  if (dollarOpen(paragraph, tex)) return true;
  if (!tex) return false;
  const bracket = Math.max(before.lastIndexOf("\\["), paragraph.includes("\\(") ? before.lastIndexOf("\\(") : -1);
  if (bracket >= 0 && before.charAt(bracket - 1) !== "\\" && !/\\[\])]/.test(before.slice(bracket))) return true;
  return count(before, OPENING) > count(before, CLOSING);
}
