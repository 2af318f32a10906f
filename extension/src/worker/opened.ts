// Formulas that are just being typed in prose.

const LONGEST_PARAGRAPH = 5000;

/** Whether a formula is open whose end has not been typed yet: an odd dollar in the paragraph so far. */
export function isOpened(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST_PARAGRAPH), offset);
  const paragraph = (before.split(/\n\r?\n/).at(-1) as string).replace(/\\\$|`[^`\n]*`/g, "");
  const doubles = paragraph.split("$$");
  return doubles.length % 2 === 0 || ((doubles.at(-1) as string).split("$").length - 1) % 2 === 1;
}
