// Large matrices of plain decimal numbers, read straight into memory: no token and no node for each entry.

/** From this many entries on a matrix is read whole; below, every entry keeps its place and its exact value. */
export const LARGE = 400;

const powers = Array.from({ length: 16 }, (_, k) => 10 ** k);

/** Reads `1 & -2.5 \\ 3e4 & 5 \end{name}` from `at`; null when it is small, ragged or holds anything but numbers. */
export function readLiteralMatrix(
  text: string,
  at: number,
  to: number,
  name: string,
): { readonly rows: number; readonly columns: number; readonly data: Float64Array; readonly end: number } | null {
  if (to - at < 2 * LARGE) return null;
  let out = new Float64Array(4096);
  let count = 0;
  let columns = -1;
  let rows = 0;
  let inRow = 0;
  let i = at;
  for (;;) {
    let c = text.charCodeAt(i);
    while (c === 32 || c === 10 || c === 13 || c === 9) c = text.charCodeAt(++i);
    if (c === 92 && inRow === 0 && rows > 0 && text.startsWith("\\end", i)) break;
    const from = i;
    // Up to 15 digits and a point are read here: a whole number over a power of ten rounds once, as it must.
    let digits = 0;
    let whole = 0;
    let point = -1;
    const sign = c === 45 ? -1 : 1;
    if (c === 45 || c === 43) c = text.charCodeAt(++i);
    for (; (c >= 48 && c <= 57) || (c === 46 && point < 0); c = text.charCodeAt(++i)) {
      if (c === 46) point = i;
      else {
        whole = whole * 10 + c - 48;
        digits++;
      }
    }
    let value = (sign * whole) / (powers[point < 0 ? 0 : i - point - 1] as number);
    if (digits === 0 || digits > 15 || c === 101 || c === 69) {
      while ((c >= 48 && c <= 57) || c === 45 || c === 46 || c === 43 || c === 101 || c === 69) c = text.charCodeAt(++i);
      value = i === from ? Number.NaN : Number(text.slice(from, i));
    }
    if (!(value >= 0 || value < 0) || i >= to) return null;
    if (count === out.length) {
      const larger = new Float64Array(2 * count);
      larger.set(out);
      out = larger;
    }
    out[count++] = value;
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
  return { rows, columns, data: out.slice(0, count), end: i + close[0].length };
}
