// Where a text is cut: at separators outside brackets, quotes and LaTeX environments.

export type Range = readonly [number, number];

/** Cuts a part of a text at separators; `separator` answers the length of one that begins at an offset, or 0. */
export function splitAt(text: string, [start, end]: Range, separator: (at: number) => number, quotes = ""): Range[] {
  const parts: Range[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < end; ) {
    const length = depth === 0 ? separator(i) : 0;
    if (length > 0) {
      parts.push([from, i]);
      i += length;
      from = i;
      continue;
    }
    const c = text.charAt(i);
    if (quotes.includes(c) && c !== "") {
      const close = text.indexOf(c, i + 1);
      i = close < 0 || close >= end ? i + 1 : close + 1;
      continue;
    }
    if (c === "\\") {
      if (text.startsWith("\\begin{", i)) depth++;
      else if (text.startsWith("\\end{", i)) depth--;
      const word = /[A-Za-z]+|[\s\S]?/y;
      word.lastIndex = i + 1;
      i += 1 + (word.exec(text)?.[0].length ?? 0);
      continue;
    }
    if (c === "(" || c === "[" || c === "{") depth++;
    else if (c === ")" || c === "]" || c === "}") depth = Math.max(0, depth - 1);
    i++;
  }
  parts.push([from, end]);
  return parts;
}

/** A range without the blanks at its ends. */
export function trimmed(text: string, [start, end]: Range): Range {
  let [a, b] = [start, end];
  while (a < b && /\s/.test(text.charAt(a))) a++;
  while (b > a && /\s/.test(text.charAt(b - 1))) b--;
  return [a, b];
}

export const blank = (text: string, [a, b]: Range): boolean => text.slice(a, b).trim() === "";

/** The lines of a part of a text that hold something. */
export function splitLines(text: string, [start, end]: Range): Range[] {
  const lines: Range[] = [];
  for (let from = start; from <= end; ) {
    const newline = text.indexOf("\n", from);
    const stop = newline < 0 || newline > end ? end : newline;
    if (!blank(text, [from, stop])) lines.push([from, stop]);
    from = stop + 1;
  }
  return lines;
}
