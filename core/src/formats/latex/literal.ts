// Large matrices of plain decimal numbers, read straight into memory: no token and no node for each entry.

/** From this many entries on a matrix is read whole; below, every entry keeps its place and its exact value. */
export const LARGE = 400;

/** Reads `1 & -2.5 \\ 3e4 & 5 \end{name}` from `at`; null when it is small, ragged or holds anything but numbers. */
export function readLiteralMatrix(
  text: string,
  at: number,
  to: number,
  name: string,
): { readonly rows: number; readonly columns: number; readonly data: Float64Array; readonly end: number } | null {
  if (to - at < 2 * LARGE) return null;
  const out: number[] = [];
  let columns = -1;
  let rows = 0;
  let inRow = 0;
  let i = at;
  for (;;) {
    let c = text.charCodeAt(i);
    while (c === 32 || c === 10 || c === 13 || c === 9) c = text.charCodeAt(++i);
    if (c === 92 && inRow === 0 && rows > 0 && text.startsWith("\\end", i)) break;
    const from = i;
    while ((c >= 48 && c <= 57) || c === 45 || c === 46 || c === 43 || c === 101 || c === 69) c = text.charCodeAt(++i);
    if (i === from || i >= to) return null;
    const value = i - from === 1 ? text.charCodeAt(from) - 48 : Number(text.slice(from, i));
    if (!(value >= 0 || value < 0) || (i - from === 1 && (value < 0 || value > 9))) return null;
    out.push(value);
    inRow++;
    while (c === 32 || c === 10 || c === 13 || c === 9) c = text.charCodeAt(++i);
    if (c === 38) {
      i++;
      continue;
    }
    if (c !== 92) return null;
    if (columns < 0) columns = inRow;
    else if (columns !== inRow) return null;
    rows++;
    inRow = 0;
    if (text.charCodeAt(i + 1) === 92) i += 2;
    else if (text.startsWith("\\end", i)) break;
    else return null;
    if (text.charAt(i) === "[") return null;
  }
  const close = /^\\end\s*\{([A-Za-z]+\*?)\}/.exec(text.slice(i, i + 40));
  if (!close || close[1]?.replace(/\*$/, "") !== name || rows * columns < LARGE) return null;
  return { rows, columns, data: Float64Array.from(out), end: i + close[0].length };
}
