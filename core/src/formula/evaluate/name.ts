// What a name stands for: a definition, the same name in another style, an entry of an array, a constant, or nothing yet.

import { type Expr, fail, type NameExpr, nearest, type Range, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { identity } from "./array.js";
import { limits } from "./budget.js";
import { evaluate } from "./dispatch.js";
import { elasticName, zeros } from "./elastic.js";
import { identityOf } from "./identity.js";
import { indexPair, withIndex } from "./indexed.js";
import { type Selector, select } from "./indexing.js";
import { semanticsOf } from "./language.js";
import { member } from "./member.js";
import { one, type Scalar, toInteger, zero } from "./scalar.js";

const imaginary: Scalar = { kind: "complex", re: 0, im: 1, exact: { re: { num: 0n, den: 1n }, im: { num: 1n, den: 1n } } };

/** The constants of mathematical notation. */
const constants: Readonly<Record<string, Scalar>> = {
  e: { kind: "real", value: Math.E },
  "\\mathrm{e}": { kind: "real", value: Math.E },
  "\\pi": { kind: "real", value: Math.PI },
  pi: { kind: "real", value: Math.PI },
  π: { kind: "real", value: Math.PI },
  "\\uppi": { kind: "real", value: Math.PI },
  "\\mathrm{\\pi}": { kind: "real", value: Math.PI },
  "\\infty": { kind: "real", value: Number.POSITIVE_INFINITY },
  "∞": { kind: "real", value: Number.POSITIVE_INFINITY },
  i: imaginary,
  "\\mathrm{i}": imaginary,
  "\\imath": imaginary,
  "\\mathrm{j}": imaginary,
};

/** Constants of code languages the parsers leave as names. */
const codeConstants: Readonly<Record<string, Scalar>> = {
  pi: { kind: "real", value: Math.PI },
  Pi: { kind: "real", value: Math.PI },
  "\\pi": { kind: "real", value: Math.PI },
  e: { kind: "real", value: Math.E },
  E: { kind: "real", value: Math.E },
  "\\infty": { kind: "real", value: Number.POSITIVE_INFINITY },
  inf: { kind: "real", value: Number.POSITIVE_INFINITY },
  Inf: { kind: "real", value: Number.POSITIVE_INFINITY },
  Infinity: { kind: "real", value: Number.POSITIVE_INFINITY },
  nan: { kind: "real", value: Number.NaN },
  NaN: { kind: "real", value: Number.NaN },
  i: imaginary,
  I: imaginary,
  im: imaginary,
};

const styles = /^\\(?:mathbf|boldsymbol|bm|mathit|mathrm|mathsf|mathtt|textbf|symbf|pmb|vec)\{(.*)\}$/;

/** A name without bold, upright and similar dress: `\mathbf{x}_{1}` is `x_{1}`. */
export function stripStyle(name: string): string {
  const cut = splitSubscript(name);
  let base = cut.base;
  for (let k = 0; k < 4; k++) {
    const m = styles.exec(base);
    if (!m || m[1] === undefined) break;
    base = m[1];
  }
  return base + cut.rest;
}

function splitSubscript(name: string): { readonly base: string; readonly rest: string } {
  let depth = 0;
  for (let k = 0; k < name.length; k++) {
    const c = name[k];
    if (c === "{") depth++;
    else if (c === "}") depth--;
    else if (c === "_" && depth === 0 && k > 0) return { base: name.slice(0, k), rest: name.slice(k) };
  }
  return { base: name, rest: "" };
}

/** The value of an exactly or, if only one fits, nearly equal name. */
export function lookup(name: string, context: Context, range: Range): Value | undefined {
  const exact = context.scope.lookup(name, range);
  if (exact !== undefined) return exact;
  const bare = stripStyle(name);
  if (bare !== name) {
    const plain = context.scope.lookup(bare, range);
    if (plain !== undefined) return plain;
  }
  const same = context.scope.names().filter((n) => n !== name && stripStyle(n) === bare);
  return new Set(same).size === 1 ? context.scope.lookup(same[0] as string, range) : undefined;
}

export function evaluateName(e: NameExpr, context: Context): Value {
  if (e.name === "+" || e.name === "-")
    return fail("unexpected-end", said`"${e.name}" has nothing after it`, e.range, "write the number or name it belongs to");
  const defined = lookup(e.name, context, e.range);
  if (defined !== undefined) return (e.subscript && defined.kind === "symbolic" ? member(e, context) : undefined) ?? defined;
  // A base that repeats the name says that e is no constant here.
  if (e.base === e.name) return symbolic.freeName(e.name, e.range);
  return (
    (e.subscript ? (subscripted(e, context) ?? entry(e, context)) : undefined) ?? constant(e, context) ?? running(e, context) ?? free(e, context)
  );
}

/** x_i where i has a value: a defined x_2, or the second of a family. */
function entry(e: NameExpr, context: Context): Value | undefined {
  const own = context.running && withIndex(e, context.running, (index) => wholeText(index, context));
  return (own ? lookup(own, context, e.range) : undefined) ?? member(e, context);
}

/** The text of an index that has a whole value. */
function wholeText(index: Expr, context: Context): string | null {
  const value = evaluate(index, context);
  return value.kind === "rational" && value.den === 1n ? `${value.num}` : null;
}

/** A_{12}, x_i, A_{i,j}: an entry when the base is an array; x_i with i = 2 may also be a defined x_2. */
function subscripted(e: NameExpr, context: Context): Value | undefined {
  if (e.base === undefined || !e.subscript) return undefined;
  const base = e.base;
  const special = sizedName(base, e, context);
  if (special) return special;
  const found = lookup(base, context, e.range);
  const indices = subscriptIndices(e.subscript, found);
  if (found && (found.kind === "array" || found.kind === "list" || (found.kind === "symbolic" && found.expr.kind === "matrix"))) {
    const selectors = indices.map((s): Selector => {
      if (s.kind === "hole" || (s.kind === "name" && /^(:|\\cdot|\\ast|\*)$/.test(s.name)) || (s.kind === "range" && !s.start && !s.stop))
        return { kind: "slice", inclusive: true, range: s.range };
      return { kind: "one", value: evaluate(s, context), range: s.range };
    });
    const symbols = selectors.filter((s) => s.kind === "one" && s.value.kind === "symbolic");
    if (symbols.length === 0) return select(found, selectors, 1, context, e.range);
    return undefined;
  }
  if (!found && indices.length === 1 && indices[0]?.kind === "name" && context.scope.lookup(indices[0].name, e.range) !== undefined) {
    const value = evaluate(indices[0], context);
    const n = value.kind === "rational" ? toInteger(value) : null;
    if (n !== null)
      for (const name of [`${base}_{${n}}`, `${base}_${n}`]) {
        const v = lookup(name, context, e.range);
        if (v !== undefined) return v;
      }
  }
  return undefined;
}

/** x_i in a sum that is being written out: x_1, x_2, ... */
function running(e: NameExpr, context: Context): Value | undefined {
  if (!context.running || e.base === undefined) return undefined;
  const name = withIndex(e, context.running, (index) => wholeText(index, context));
  if (name === null) return undefined;
  const defined = lookup(name, context, e.range);
  // The Kronecker delta of two running indices.
  const [, i, j] = /^\\delta_\{(\d+),?(\d+)\}$/.exec(defined ? "" : name) ?? [];
  if (i !== undefined && j !== undefined && (name.includes(",") || (i + j).length === 2)) {
    const [a, b] = name.includes(",") ? [i, j] : [...(i + j)];
    return a === b ? one : zero;
  }
  return defined ?? free({ kind: "name", name, range: e.range }, context);
}

/** "12" is two indices of a matrix, so is the product "ij". */
function subscriptIndices(subscript: readonly Expr[], base: Value | undefined): readonly Expr[] {
  const [only] = subscript;
  const twoDimensional =
    (base?.kind === "array" && base.shape.length === 2 && Math.min(...base.shape) > 1) || (base?.kind === "symbolic" && base.expr.kind === "matrix");
  if (subscript.length !== 1 || !only || !twoDimensional) return subscript.length === 1 && only?.kind === "list" ? only.items : subscript;
  if (only.kind === "list") return only.items;
  return indexPair(only) ?? subscript;
}

/** I_3, I_{n\times n}, \mathbf 0_{2\times 3}, \mathbf 1_n. */
function sizedName(base: string, e: NameExpr, context: Context): Value | undefined {
  const bare = stripStyle(base);
  const kind =
    bare === "I" || bare === "E" || bare === "\\mathbb{I}" || bare === "\\mathbb{1}"
      ? "I"
      : bare === "0" || bare === "O"
        ? "0"
        : bare === "1"
          ? "1"
          : null;
  if (!kind || lookup(base, context, e.range) !== undefined) return undefined;
  const sizes = (e.subscript ?? []).flatMap((s): readonly Expr[] =>
    s.kind === "binary" && (s.op === "cross" || s.op === "multiply") && !s.implicit ? [s.left, s.right] : s.kind === "list" ? s.items : [s],
  );
  const shape: number[] = [];
  for (const s of sizes) {
    const value = evaluate(s, context);
    const n = value.kind === "rational" ? toInteger(value) : null;
    if (n === null || n < 0) return undefined;
    if (n > 4096) return fail("too-large", said`a matrix of ${n} rows is beyond the limit of 4096`, e.range);
    shape.push(n);
  }
  const [m, n] = shape;
  if (m === undefined || shape.length > 2 || m * (n ?? m) > limits.cells) return undefined;
  if (kind === "I") return n === undefined || n === m ? identity(m) : undefined;
  const value = kind === "0" ? 0 : 1;
  const [rows, columns] = [m, n ?? 1];
  return {
    kind: "array",
    shape: [rows, columns],
    data: new Float64Array(rows * columns).fill(value),
    exact: new Array(rows * columns).fill({ num: BigInt(value), den: 1n }),
  };
}

function constant(e: NameExpr, context: Context): Value | undefined {
  const rules = semanticsOf(context.language);
  if (rules.collapse) {
    const isIndex = (e.name === "i" || e.name === "j") && context.indexNames?.has(e.name);
    if (isIndex) return undefinedName(e, context);
    const bare = stripStyle(e.name);
    if (bare === "I" || bare === "\\mathbb{I}") return identityOf(one, e.range);
    if (/^\\(mathbf|boldsymbol|bm|vec)\{0\}$/.test(e.name)) return zeros;
    if (context.closed && (bare === "e" || /^(?:\\pi|pi|π|\\uppi)$/.test(bare)))
      return { kind: "symbolic", expr: { kind: "name", name: bare === "e" ? "e" : "\\pi", range: e.range } };
    return Object.hasOwn(constants, e.name) ? constants[e.name] : undefined;
  }
  if (context.scope.declaration(e.name)) return undefined;
  if (e.name === "I" && context.language === "julia") return identityOf(one, e.range);
  return Object.hasOwn(codeConstants, e.name) ? codeConstants[e.name] : undefined;
}

function free(e: NameExpr, context: Context): Value {
  if (!semanticsOf(context.language).symbols && !context.scope.declaration(e.name)) return undefinedName(e, context);
  const vector = semanticsOf(context.language).collapse && !context.scope.declaration(e.name) ? elasticName(e) : null;
  return vector ?? symbolic.freeName(e.name, e.range);
}

/** A name as a reader says it: one-letter subscripts without braces. */
export const spoken = (name: string): string => name.replace(/_\{(\w)\}/g, "_$1");

/** Fails with what is defined under a similar name. */
export function undefinedName(e: { readonly name: string; readonly range: Range }, context: Context): never {
  const near = nearest(e.name, context.scope.names());
  return fail("undefined-name", said`${spoken(e.name)} is not defined`, e.range, near ? said`Did you mean ${near}?` : undefined);
}
