// What a declaration of the languages with initialisers says: its name, its size, and how a flat list of entries fills it.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
import type { FormatName } from "../format.js";
import type { Token } from "../grammar/index.js";
import { call, integer } from "./build.js";
import { checkNested, countOf } from "./shape.js";

/** Words before a name that are not its type. */
export const modifiers = new Set(
  "const let var static final public private protected mut constexpr inline extern auto readonly export default volatile unsafe val uniform highp mediump lowp in out declare".split(
    " ",
  ),
);

/** The name that the tokens before `=` declare, and its sizes: TYPE name[2][3], let name: [[TYPE; 3]; 2]. */
export function declaredName(before: readonly Token[], format: FormatName): { readonly target: Token | undefined; readonly dims: readonly number[] } {
  const colon = before.findIndex((t) => t.text === ":" || t.text === "::");
  let target: Token | undefined;
  let dims: number[] = [];
  const fortran = format === "fortran";
  if (colon > 0 && before[colon]?.text === ":") {
    target = before
      .slice(0, colon)
      .filter((t) => t.kind === "name" && !modifiers.has(t.text))
      .at(-1);
    // [[f32; 2]; 3] is three rows of two.
    for (let i = colon; i < before.length; i++)
      if (before[i]?.text === ";" && before[i + 1]?.kind === "number") dims.push(Number(before[i + 1]?.text));
    dims.reverse();
  } else {
    const from = fortran ? before.findLastIndex((t) => t.text === "::") + 1 : 0;
    let depth = 0;
    for (let i = from; i < before.length; i++) {
      const t = before[i] as Token;
      if (t.text === "[" || t.text === "<" || t.text === "(") depth++;
      else if (t.text === "]" || t.text === ">" || t.text === ")") depth--;
      else if (t.text === ">>") depth -= 2;
      else if (t.kind === "name" && depth === 0 && !modifiers.has(t.text)) {
        // The last name outside brackets is declared; what stands before it is its type. Go writes the type last.
        if (format === "go" && target) break;
        target = t;
        dims = [];
      } else if (t.kind === "number" && depth === 1 && target) dims.push(Number(t.text));
    }
    if (format === "csharp" || format === "java") dims = [];
    if (format === "go" && before.some((t) => t.text === "var")) dims = [];
  }
  return { target, dims };
}

/** Compares a declared size with what is given; a flat list fills a matrix row by row. */
export function fitted(body: Expr, dims: readonly number[]): Expr {
  const count = countOf(body);
  const size = dims.reduce((a, b) => a * b, 1);
  if (count === undefined) return body;
  const rows = body.kind === "array" ? body.items.length : body.kind === "literal" ? body.value.shape[0] : undefined;
  if (count !== size && !(dims.length === 1 && rows === dims[0]))
    fail("length-mismatch", said`declared with ${dims.join("×")} = ${size} entries, but ${count} are given`, body.range);
  const flat = body.kind === "array" && body.items.every((e) => e.kind !== "array");
  if (dims.length > 1 && (flat || (body.kind === "literal" && body.value.shape.length === 1)))
    return call("reshape", [body, ...dims.map((d) => integer(d, body.range))], body.range);
  const shape = checkNested(body);
  if (shape && dims.length > 1 && shape.join() !== dims.join())
    fail("length-mismatch", said`declared as ${dims.join("×")}, but ${shape.join("×")} entries are given`, body.range);
  return body;
}

/** The size that a type says: Matrix2d, Matrix<double, 2, 3>, MatrixXd A(2, 3), Mat_<float>(2, 3). */
export function sizeOf(tokens: readonly Token[]): [number, number] | undefined {
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    if (t.kind !== "name") continue;
    const fixed = /^(?:Matrix|Array)(\d)(?:x(\d))?[dfi]$/.exec(t.text);
    if (fixed) return [Number(fixed[1]), Number(fixed[2] ?? fixed[1])];
    const vec = /^(Row)?Vector(\d)[dfi]$/.exec(t.text);
    if (vec) return vec[1] ? [1, Number(vec[2])] : [Number(vec[2]), 1];
    if (!/^(?:Matrix|MatrixX[dfi]|ArrayXX[dfi]|Mat_|Matx\d*[df]?|Array|VectorX[dfi]|RowVectorX[dfi])$/.test(t.text)) continue;
    const numbers: number[] = [];
    for (let k = i + 1; k < tokens.length && numbers.length < 2; k++) if (tokens[k]?.kind === "number") numbers.push(Number(tokens[k]?.text));
    if (/^Vector/.test(t.text)) return [numbers[0] ?? -1, 1];
    if (/^RowVector/.test(t.text)) return [1, numbers[0] ?? -1];
    if (numbers.length === 2) return numbers as [number, number];
    const matx = /^Matx(\d)(\d)[df]$/.exec(t.text);
    if (matx) return [Number(matx[1]), Number(matx[2])];
  }
  return undefined;
}

/** The size in the last declaration of a name before the token `before`. */
export function declaredSize(tokens: readonly Token[], target: string, before: number): [number, number] | undefined {
  for (let i = before - 1; i >= 0; i--) {
    if (tokens[i]?.text !== target || tokens[i]?.kind !== "name") continue;
    let start = i;
    while (start > 0 && tokens[start - 1]?.text !== ";" && tokens[start - 1]?.kind !== "newline") start--;
    let end = i;
    while (end < before && tokens[end]?.text !== ";") end++;
    return sizeOf(tokens.slice(start, end));
  }
  return undefined;
}

/** Rows and columns of entries whose size is not declared: the line breaks tell the rows; failing that, a square is likely, or else a column. */
export function likelySize(flat: readonly Expr[], start: number, text: string): [number, number] {
  const n = flat.length;
  const root = Math.round(Math.sqrt(n));
  const lines = new Set(flat.map((e) => text.slice(start, e.range[0]).split("\n").length)).size;
  const rows = lines > 1 && n % lines === 0 ? lines : root * root === n ? root : n;
  return [rows, n / rows];
}

/** The matrix of entries given row by row; a size of -1 follows from their number. */
export function arranged(flat: readonly Expr[], size: readonly [number, number], range: Range): Expr {
  const n = flat.length;
  let [rows, columns] = size;
  if (rows < 0) rows = columns > 0 ? n / columns : n;
  if (columns < 0) columns = n / rows;
  if (rows * columns !== n) fail("length-mismatch", said`a ${rows}×${columns} matrix needs ${rows * columns} entries, but ${n} are given`, range);
  return { kind: "matrix", rows: Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns)), range };
}
