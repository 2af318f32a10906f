// Cutting matrices apart and putting them together.
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { allocate, shapeText } from "./shape.js";

/** Both planes of a new matrix, filled by one rule. */
function build(rows: number, columns: number, isComplex: boolean, fill: (out: Float64Array, plane: "data" | "imag") => void): Matrix {
  const data = allocate(rows, columns);
  fill(data, "data");
  if (!isComplex) return { rows, columns, data };
  const imag = allocate(rows, columns);
  fill(imag, "imag");
  return { rows, columns, data, imag };
}

function paste(out: Float64Array, columns: number, part: Matrix, plane: "data" | "imag", row: number, column: number): void {
  const from = part[plane];
  if (from) for (let i = 0; i < part.rows; i++) out.set(from.subarray(i * part.columns, (i + 1) * part.columns), (row + i) * columns + column);
}

/** Rows [rowStart, rowEnd) and columns [columnStart, columnEnd), zero-based. Throws "index-out-of-range". */
export function submatrix(a: Matrix, rowStart: number, rowEnd: number, columnStart = 0, columnEnd = a.columns): Matrix {
  if (!(0 <= rowStart && rowStart <= rowEnd && rowEnd <= a.rows && 0 <= columnStart && columnStart <= columnEnd && columnEnd <= a.columns))
    throw new MathError(
      "index-out-of-range",
      said`rows ${rowStart}..${rowEnd}, columns ${columnStart}..${columnEnd} do not lie in a ${shapeText(a)} matrix`,
    );
  const width = columnEnd - columnStart;
  return build(rowEnd - rowStart, width, !!a.imag, (out, plane) => {
    for (let i = rowStart; i < rowEnd; i++)
      out.set(a[plane]!.subarray(i * a.columns + columnStart, i * a.columns + columnEnd), (i - rowStart) * width);
  });
}

const checkIndices = (indices: ArrayLike<number>, limit: number, what: string) => {
  for (let i = 0; i < indices.length; i++)
    if (!(Number.isInteger(indices[i]) && indices[i] >= 0 && indices[i] < limit))
      throw new MathError("index-out-of-range", said`${what} ${indices[i]} of a matrix with ${limit}`, "indices start at 0");
};

/** The rows with these zero-based indices, in this order, repeats allowed. */
export function selectRows(a: Matrix, indices: ArrayLike<number>): Matrix {
  checkIndices(indices, a.rows, "row");
  return build(indices.length, a.columns, !!a.imag, (out, plane) => {
    for (let i = 0; i < indices.length; i++) out.set(a[plane]!.subarray(indices[i] * a.columns, (indices[i] + 1) * a.columns), i * a.columns);
  });
}

/** The columns with these zero-based indices, in this order, repeats allowed. */
export function selectColumns(a: Matrix, indices: ArrayLike<number>): Matrix {
  checkIndices(indices, a.columns, "column");
  const width = indices.length;
  return build(a.rows, width, !!a.imag, (out, plane) => {
    const from = a[plane]!;
    for (let i = 0; i < a.rows; i++) for (let j = 0; j < width; j++) out[i * width + j] = from[i * a.columns + indices[j]];
  });
}

/** [A B ...]: side by side; all need the same number of rows. */
export function hstack(...parts: readonly Matrix[]): Matrix {
  const rows = parts[0]?.rows ?? 0;
  for (const p of parts)
    if (p.rows !== rows) throw new MathError("shape-mismatch", said`cannot put ${shapeText(parts[0])} and ${shapeText(p)} side by side`);
  const columns = parts.reduce((n, p) => n + p.columns, 0);
  return build(
    rows,
    columns,
    parts.some((p) => p.imag),
    (out, plane) => {
      let at = 0;
      for (const p of parts) {
        paste(out, columns, p, plane, 0, at);
        at += p.columns;
      }
    },
  );
}

/** [A; B; ...]: one above the other; all need the same number of columns. */
export function vstack(...parts: readonly Matrix[]): Matrix {
  const columns = parts[0]?.columns ?? 0;
  for (const p of parts)
    if (p.columns !== columns) throw new MathError("shape-mismatch", said`cannot put ${shapeText(parts[0])} above ${shapeText(p)}`);
  const rows = parts.reduce((n, p) => n + p.rows, 0);
  return build(
    rows,
    columns,
    parts.some((p) => p.imag),
    (out, plane) => {
      let at = 0;
      for (const p of parts) {
        paste(out, columns, p, plane, at, 0);
        at += p.rows;
      }
    },
  );
}

/** diag(A, B, ...): blocks down the diagonal, zeros elsewhere; the blocks need not be square. */
export function blockDiagonal(...parts: readonly Matrix[]): Matrix {
  const rows = parts.reduce((n, p) => n + p.rows, 0);
  const columns = parts.reduce((n, p) => n + p.columns, 0);
  return build(
    rows,
    columns,
    parts.some((p) => p.imag),
    (out, plane) => {
      let r = 0;
      let c = 0;
      for (const p of parts) {
        paste(out, columns, p, plane, r, c);
        r += p.rows;
        c += p.columns;
      }
    },
  );
}
