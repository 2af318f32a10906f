// Expressions in matrix symbols: sums of words with scalar coefficients, where order is kept.
//
// Transpose and inverse go down to the letters ((AB)ᵀ = BᵀAᵀ, (AB)⁻¹ = B⁻¹A⁻¹), products distribute over sums, and
// A A⁻¹ = I. Traces are canonical up to rotation and transposition, so tr(AB) and tr(BA) are the same term.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
import { fromExpr } from "./fromExpr.js";
import { canonicalName, constantNames, scalarFunctions } from "./names.js";
import {
  call,
  half,
  int,
  isOne,
  isZeroTerm,
  minusOne,
  negate,
  one,
  opaque,
  power,
  productOf,
  smallInt,
  splitCoefficient,
  sum,
  sumOf,
  type Term,
  times,
  zero,
} from "./term.js";
import { toExpr } from "./toExpr.js";
import { binaryExpr, callExpr, intExpr, nameExpr, unaryExpr } from "./tree.js";

export interface Letter {
  readonly id: string;
  readonly name?: string;
  /** A sum that only occurs inverted. */
  readonly group?: Words;
  readonly transposed: boolean;
  readonly power: number;
  /** Shape of the letter itself, before transposition; null when unknown. */
  readonly rows: Term | null;
  readonly columns: Term | null;
}
export interface Word {
  readonly coef: Term;
  readonly letters: readonly Letter[];
}
export interface Words {
  readonly words: readonly Word[];
  readonly rows: Term | null;
  readonly columns: Term | null;
}
export type Shape = readonly [rows: Term | null, columns: Term | null];

/** What a scalar made of matrices stands for, by the id of its term. */
export type Atom = { readonly kind: "trace"; readonly letters: readonly Letter[] } | { readonly kind: "det"; readonly of: Letter };

export interface WordContext {
  /** The shape of a matrix symbol, null for a scalar. */
  shapeOf(name: string): Shape | null;
  readonly atoms: Map<string, Atom>;
}

export type Read = { readonly kind: "scalar"; readonly term: Term } | { readonly kind: "matrix"; readonly words: Words };

/** Thrown when an expression is outside this little algebra; the caller keeps the tree as it is. */
export class NotWords extends Error {}

const letterText = (l: Letter): string =>
  `${l.group ? `(${wordsId(l.group)})` : l.name}${l.transposed ? "'" : ""}${l.power === 1 ? "" : `^${l.power}`}`;
const lettersId = (w: readonly Letter[]): string => w.map(letterText).join(" ");
/** Equal for equal expressions. */
export const wordsId = (w: Words): string =>
  [...w.words]
    .map((x) => `${x.coef.id}·${lettersId(x.letters)}`)
    .sort()
    .join(" + ");

export const letter = (name: string, [rows, columns]: Shape): Letter => ({ id: name, name, transposed: false, power: 1, rows, columns });
export const single = (l: Letter): Words => ({ words: [{ coef: one, letters: [l] }], rows: outerRows(l), columns: outerColumns(l) });
const outerRows = (l: Letter): Term | null => (l.transposed ? l.columns : l.rows);
const outerColumns = (l: Letter): Term | null => (l.transposed ? l.rows : l.columns);
export const identityWords = (size: Term | null = null): Words => ({ words: [{ coef: one, letters: [] }], rows: size, columns: size });
export const zeroWords = (rows: Term | null, columns: Term | null): Words => ({ words: [], rows, columns });
const shapeText = (w: { rows: Term | null; columns: Term | null }): string =>
  [w.rows, w.columns].map((t) => (t === null ? "?" : plainText(t))).join("×");
const plainText = (t: Term): string => (t.k === "name" ? t.name : t.id.replaceAll("$", ""));
const differ = (a: Term | null, b: Term | null): boolean => a !== null && b !== null && a.id !== b.id;

export function addWords(a: Words, b: Words, range: Range, scale: Term = one): Words {
  if (differ(a.rows, b.rows) || differ(a.columns, b.columns)) fail("shape-mismatch", said`cannot add ${shapeText(a)} and ${shapeText(b)}`, range);
  return {
    words: gather([...a.words, ...b.words.map((w) => ({ coef: times(scale, w.coef), letters: w.letters }))]),
    rows: a.rows ?? b.rows,
    columns: a.columns ?? b.columns,
  };
}
function gather(words: readonly Word[]): Word[] {
  const by = new Map<string, Word>();
  for (const w of words) {
    const id = lettersId(w.letters);
    const found = by.get(id);
    by.set(id, found ? { coef: sum(found.coef, w.coef), letters: w.letters } : w);
  }
  return [...by.values()].filter((w) => !isZeroTerm(w.coef));
}
export const scaleWords = (a: Words, c: Term): Words => ({
  ...a,
  words: gather(a.words.map((w) => ({ coef: times(c, w.coef), letters: w.letters }))),
});

export function multiplyWords(a: Words, b: Words, range: Range): Words {
  if (differ(a.columns, b.rows)) {
    fail(
      "shape-mismatch",
      said`cannot multiply ${shapeText(a)} by ${shapeText(b)} (inner sizes ${plainText(a.columns!)} and ${plainText(b.rows!)})`,
      range,
    );
  }
  const cancelled = cancelGroup(a, b);
  if (cancelled) return cancelled;
  if (a.words.length * b.words.length > 5_000) fail("too-large", "a product of matrix expressions with too many terms", range);
  const out = a.words.flatMap((x) => b.words.map((y) => ({ coef: times(x.coef, y.coef), letters: joinLetters(x.letters, y.letters) })));
  const isIdentity = (w: Words) => w.words.every((x) => x.letters.length === 0);
  return {
    words: gather(out),
    rows: a.rows ?? (isIdentity(a) ? b.rows : null),
    columns: b.columns ?? (isIdentity(b) ? a.columns : null),
  };
}
/** M (A + B)⁻¹ · (A + B) = M, and the other way round. */
function cancelGroup(a: Words, b: Words): Words | null {
  const drop = (l: Letter): Letter[] => (l.power === -1 ? [] : [{ ...l, power: l.power + 1 }]);
  const ends = a.words.map((w) => w.letters[w.letters.length - 1]);
  const whole = b.words.length > 1 ? wordsId(b) : null;
  if (whole && ends.length > 0 && ends.every((l) => l?.group && l.power < 0 && wordsId(l.group) === whole)) {
    return {
      words: gather(a.words.map((w) => ({ coef: w.coef, letters: [...w.letters.slice(0, -1), ...drop(w.letters[w.letters.length - 1]!)] }))),
      rows: a.rows,
      columns: b.columns,
    };
  }
  const starts = b.words.map((w) => w.letters[0]);
  const left = a.words.length > 1 ? wordsId(a) : null;
  if (left && starts.length > 0 && starts.every((l) => l?.group && l.power < 0 && wordsId(l.group) === left)) {
    return {
      words: gather(b.words.map((w) => ({ coef: w.coef, letters: [...drop(w.letters[0]!), ...w.letters.slice(1)] }))),
      rows: a.rows,
      columns: b.columns,
    };
  }
  return null;
}

/** XᵀX or XXᵀ with an X that nothing says is square: its inverse and determinant are no products. */
const isGram = (w: readonly Letter[]): boolean =>
  w.some((l, k) => {
    const next = w[k + 1];
    return next !== undefined && next.id === l.id && next.transposed !== l.transposed && (l.rows === null || l.columns === null);
  });

/** (XᵀX)⁻¹ beside XᵀX falls away. */
function cancelRuns(w: Letter[]): Letter[] {
  for (const [k, l] of w.entries()) {
    if (!l.group || l.power >= 0 || l.group.words.length !== 1 || !isOne(l.group.words[0]!.coef)) continue;
    const run = lettersId(l.group.words[0]!.letters);
    const n = l.group.words[0]!.letters.length;
    const rest = l.power === -1 ? [] : [{ ...l, power: l.power + 1 }];
    if (lettersId(w.slice(k + 1, k + 1 + n)) === run) return cancelRuns([...w.slice(0, k), ...rest, ...w.slice(k + 1 + n)]);
    if (k >= n && lettersId(w.slice(k - n, k)) === run) return cancelRuns([...w.slice(0, k - n), ...rest, ...w.slice(k + 1)]);
  }
  return w;
}

function joinLetters(a: readonly Letter[], b: readonly Letter[]): Letter[] {
  const out = [...a];
  for (const l of b) {
    const last = out[out.length - 1];
    if (last && last.id === l.id && last.transposed === l.transposed) {
      out.pop();
      const p = last.power + l.power;
      if (p !== 0) out.push({ ...last, power: p });
    } else out.push(l);
  }
  return out.some((l) => l.group) ? cancelRuns(out) : out;
}

const flip = (l: Letter): Letter => {
  if (!l.group) return { ...l, transposed: !l.transposed };
  const group = transposeWords(l.group);
  return { ...l, group, id: `(${wordsId(group)})`, rows: l.columns, columns: l.rows };
};
export const transposeLetters = (w: readonly Letter[]): Letter[] => [...w].reverse().map(flip);
export const transposeWords = (a: Words): Words => ({
  words: gather(a.words.map((w) => ({ coef: w.coef, letters: transposeLetters(w.letters) }))),
  rows: a.columns,
  columns: a.rows,
});

export function inverseWords(a: Words, range: Range): Words {
  if (differ(a.rows, a.columns)) fail("not-square", said`the inverse of a ${shapeText(a)} matrix`, range);
  if (a.words.length === 0) fail("singular", "the inverse of a zero matrix", range);
  const size = a.rows ?? a.columns;
  if (a.words.length === 1) {
    const w = a.words[0]!;
    if (w.letters.every((l) => !differ(l.rows, l.columns)) && !isGram(w.letters)) {
      return {
        words: [{ coef: power(w.coef, minusOne), letters: [...w.letters].reverse().map((l) => ({ ...l, power: -l.power })) }],
        rows: size,
        columns: size,
      };
    }
  }
  return { words: [{ coef: one, letters: [groupLetter(a, -1)] }], rows: size, columns: size };
}
function groupLetter(a: Words, p: number): Letter {
  return { id: `(${wordsId(a)})`, group: a, transposed: false, power: p, rows: a.rows, columns: a.columns };
}

export function powerWords(a: Words, n: number, range: Range): Words {
  if (differ(a.rows, a.columns)) fail("not-square", said`a power of a ${shapeText(a)} matrix`, range);
  if (n < 0) {
    const inverse = inverseWords(a, range);
    return powerWords(inverse, -n, range);
  }
  if (n > 60) {
    if (a.words.length === 1 && a.words[0]!.letters.length <= 1) {
      const w = a.words[0]!;
      return { ...a, words: [{ coef: power(w.coef, int(n)), letters: w.letters.map((l) => ({ ...l, power: l.power * n })) }] };
    }
    fail("too-large", said`the power ${n} of a matrix expression`, range);
  }
  let out = identityWords(a.rows ?? a.columns);
  for (let i = 0; i < n; i++) out = multiplyWords(out, a, range);
  return out;
}

export const isScalarShape = (w: Words): boolean => w.rows !== null && w.columns !== null && isOne(w.rows) && isOne(w.columns);

/** The trace of a square matrix expression as a scalar. */
export function traceWords(a: Words, context: WordContext, range: Range): Term {
  if (differ(a.rows, a.columns)) fail("not-square", said`the trace of a ${shapeText(a)} matrix`, range);
  return sumOf(a.words.map((w) => times(w.coef, traceOf(w.letters, a.rows ?? a.columns, context))));
}

function traceOf(letters: readonly Letter[], size: Term | null, context: WordContext): Term {
  if (letters.length === 0) return size ?? opaque(callExpr("tr", [nameExpr("I")]), "tr I", []);
  let best: readonly Letter[] | null = null;
  let bestKey = "";
  for (const base of [letters, transposeLetters(letters)]) {
    for (let i = 0; i < base.length; i++) {
      const turned = joinLetters(base.slice(i), base.slice(0, i));
      // Prefer a rotation that is itself a number (xᵀ A x), then the one with fewest transposes, then by name.
      const scalar = turned.length > 0 && isOneByOne(turned) ? 0 : 1;
      const marks = turned.filter((l) => l.transposed).length;
      const id = `${scalar}${String(turned.length).padStart(3, "0")}${String(marks).padStart(3, "0")}${lettersId(turned)}`;
      if (best === null || id < bestKey) [best, bestKey] = [turned, id];
    }
  }
  if (best!.length === 0) return size ?? opaque(callExpr("tr", [nameExpr("I")]), "tr I", []);
  const chosen = best!;
  const printed = lettersExpr(chosen);
  const t = opaque(isOneByOne(chosen) ? printed : callExpr("tr", [printed]), `tr ${lettersId(chosen)}`, namesIn(chosen));
  context.atoms.set(t.id, { kind: "trace", letters: chosen });
  return t;
}
const isOneByOne = (w: readonly Letter[]): boolean => {
  const [r, c] = [outerRows(w[0]!), outerColumns(w[w.length - 1]!)];
  return r !== null && c !== null && isOne(r) && isOne(c);
};
const namesIn = (w: readonly Letter[]): string[] =>
  [...new Set(w.flatMap((l) => (l.group ? l.group.words.flatMap((x) => namesIn(x.letters)) : [l.name!])))].sort();

/** det of a product is the product of determinants; sums stay whole. */
export function detWords(a: Words, context: WordContext, range: Range): Term {
  if (differ(a.rows, a.columns)) fail("not-square", said`the determinant of a ${shapeText(a)} matrix`, range);
  const size = a.rows ?? a.columns;
  const w = a.words[0];
  if (a.words.length === 1 && w && w.letters.every((l) => !differ(l.rows, l.columns)) && !isGram(w.letters)) {
    const front = isOne(w.coef) ? one : size === null ? null : power(w.coef, size);
    if (front) return productOf([front, ...w.letters.map((l) => power(detAtom(l.group ? l : { ...l, transposed: false }, context), int(l.power)))]);
  }
  if (a.words.length === 0) return zero;
  return detAtom(groupLetter(a, 1), context);
}
function detAtom(l: Letter, context: WordContext): Term {
  const base: Letter = { ...l, power: 1 };
  const inside = base.group ? wordsExpr(base.group) : lettersExpr([base]);
  const t = opaque(callExpr("det", [inside]), `det ${letterText(base)}`, namesIn([base]));
  context.atoms.set(t.id, { kind: "det", of: base });
  return t;
}

const scalar = (term: Term): Read => ({ kind: "scalar", term });
const matrix = (words: Words): Read => ({ kind: "matrix", words });

/** A 1×1 product is a number. */
export function asScalar(r: Read, context: WordContext, range: Range): Term {
  if (r.kind === "scalar") return r.term;
  if (isScalarShape(r.words)) return traceWords(r.words, context, range);
  throw new NotWords();
}

/** Reads an expression with matrix symbols. Throws NotWords for what does not fit, FormulaFailure for wrong shapes. */
export function readWords(e: Expr, context: WordContext, depth = 0): Read {
  if (depth > 500) throw new NotWords();
  const go = (x: Expr) => readWords(x, context, depth + 1);
  switch (e.kind) {
    case "name": {
      const shape = context.shapeOf(e.name);
      if (shape) return matrix(single(letter(e.name, shape)));
      if (isIdentityName(e.name)) return matrix(identityWords());
      return scalar(fromExpr(e));
    }
    case "number":
      return scalar(fromExpr(e));
    case "list":
      if (e.items.length === 1 && e.brackets !== "{}") return go(e.items[0]!);
      throw new NotWords();
    case "unary": {
      const x = go(e.operand);
      if (e.op === "negate") return x.kind === "scalar" ? scalar(negate(x.term)) : matrix(scaleWords(x.words, minusOne));
      if (e.op === "plus" || e.op === "conjugate") return x;
      // y' of a number is a derivative, which is no part of this algebra.
      if (e.op === "prime" && x.kind === "scalar") throw new NotWords();
      if (e.op === "transpose" || e.op === "adjoint" || e.op === "prime") return x.kind === "scalar" ? x : matrix(transposeWords(x.words));
      if (x.kind === "scalar" && e.op === "factorial") return scalar(call("factorial", [x.term]));
      throw new NotWords();
    }
    case "binary":
      return readBinary(e.op, go(e.left), go(e.right), context, e.range);
    case "norm": {
      const x = go(e.operand);
      if (x.kind === "scalar") return scalar(call("abs", [x.term]));
      if (e.which === "abs") return scalar(detWords(x.words, context, e.range));
      const isVector = (x.words.columns !== null && isOne(x.words.columns)) || (x.words.rows !== null && isOne(x.words.rows));
      if (
        ["1", "inf", "∞", "\\infty", "*", "nuclear", "max", "0", "op", "spectral"].includes(e.which) ||
        (e.which === "2" && !isVector && x.words.columns !== null)
      )
        throw new NotWords();
      return scalar(power(traceWords(multiplyWords(transposeWords(x.words), x.words, e.range), context, e.range), half));
    }
    case "call": {
      const name = canonicalName(e.name);
      if (name === "tr" || name === "trace" || name === "Tr") {
        const x = go(e.args[0]!);
        return scalar(x.kind === "scalar" ? x.term : traceWords(x.words, context, e.range));
      }
      if (name === "det") {
        const x = go(e.args[0]!);
        return scalar(x.kind === "scalar" ? x.term : detWords(x.words, context, e.range));
      }
      if (name === "inv" || name === "inverse") {
        const x = go(e.args[0]!);
        return x.kind === "scalar" ? scalar(power(x.term, minusOne)) : matrix(inverseWords(x.words, e.range));
      }
      if (name === "transpose") {
        const x = go(e.args[0]!);
        return x.kind === "scalar" ? x : matrix(transposeWords(x.words));
      }
      if (scalarFunctions.has(name) && !e.named) {
        const args = e.args.map((a) => asScalar(go(a), context, a.range));
        return scalar(call(name === "log" && args.length === 1 ? "ln" : name, args));
      }
      throw new NotWords();
    }
    default:
      throw new NotWords();
  }
}
/** I, bold or not, when nothing else defines it. */
export const isIdentityName = (name: string): boolean => /^(\\(mathbf|boldsymbol|bm|mathrm)\{)?I\}?$/.test(name);

const notWords = (): never => {
  throw new NotWords();
};

function readBinary(op: string, a: Read, b: Read, context: WordContext, range: Range): Read {
  switch (op) {
    case "add":
    case "subtract": {
      const s = op === "add" ? one : minusOne;
      if (a.kind === "matrix" && b.kind === "matrix") return matrix(addWords(a.words, b.words, range, s));
      if (a.kind === "scalar" && b.kind === "scalar") return scalar(sum(a.term, times(s, b.term)));
      if (a.kind === "scalar" && isZeroTerm(a.term)) return matrix(scaleWords((b as { words: Words }).words, s));
      if (b.kind === "scalar" && isZeroTerm(b.term)) return a;
      const whole = a.kind === "matrix" ? a.words : (b as { words: Words }).words;
      if (!isScalarShape(whole) && whole.rows !== null) fail("shape-mismatch", said`cannot add a number and a ${shapeText(whole)} matrix`, range);
      return scalar(sum(asScalar(a, context, range), times(s, asScalar(b, context, range))));
    }
    case "multiply":
    case "matmul":
    case "cross":
    case "dot": {
      if (a.kind === "scalar" && b.kind === "scalar") return scalar(times(a.term, b.term));
      if (a.kind === "scalar") return matrix(scaleWords((b as { words: Words }).words, a.term));
      if (b.kind === "scalar") return matrix(scaleWords(a.words, b.term));
      if (differ(a.words.columns, b.words.rows)) {
        if (isScalarShape(a.words)) return matrix(scaleWords(b.words, asScalar(a, context, range)));
        if (isScalarShape(b.words)) return matrix(scaleWords(a.words, asScalar(b, context, range)));
        const columnPair = a.words.columns !== null && isOne(a.words.columns) && b.words.columns !== null && isOne(b.words.columns);
        if (op === "dot" && columnPair) return scalar(traceWords(multiplyWords(transposeWords(a.words), b.words, range), context, range));
      }
      return matrix(multiplyWords(a.words, b.words, range));
    }
    case "divide": {
      const d = b.kind === "scalar" || isScalarShape(b.words) ? asScalar(b, context, range) : null;
      if (d === null) return fail("matrix-divisor", "cannot divide by a matrix", range, "Multiply by the inverse: A^{-1}");
      return a.kind === "scalar" ? scalar(times(a.term, power(d, minusOne))) : matrix(scaleWords(a.words, power(d, minusOne)));
    }
    case "power": {
      if (b.kind !== "scalar") return a.kind === "scalar" ? scalar(power(a.term, asScalar(b, context, range))) : notWords();
      if (a.kind === "scalar") return scalar(power(a.term, b.term));
      if (isScalarShape(a.words)) return scalar(power(asScalar(a, context, range), b.term));
      const n = smallInt(b.term);
      if (n === null) throw new NotWords();
      return matrix(powerWords(a.words, n, range));
    }
    default:
      if (a.kind === "scalar" && b.kind === "scalar" && op === "elementwise") return scalar(times(a.term, b.term));
      throw new NotWords();
  }
}

function letterExpr(l: Letter): Expr {
  const base = l.group ? wordsExpr(l.group) : nameExpr(l.name!);
  const powered = l.power === 1 ? base : binaryExpr("power", base, l.power < 0 ? unaryExpr("negate", intExpr(-l.power)) : intExpr(l.power));
  return l.transposed ? unaryExpr("transpose", powered) : powered;
}
export const lettersExpr = (w: readonly Letter[]): Expr =>
  w.length === 0 ? nameExpr("I") : w.map(letterExpr).reduce((a, b) => binaryExpr("multiply", a, b, true));

/** A sum of words as an expression; the order of letters is kept. */
export function wordsExpr(a: Words): Expr {
  let out: Expr | null = null;
  const ordered = [...a.words].sort((x, y) => y.letters.length - x.letters.length || (lettersId(x.letters) < lettersId(y.letters) ? -1 : 1));
  const first = ordered.findIndex((w) => splitCoefficient(w.coef).coef.num > 0n);
  if (first > 0) ordered.unshift(...ordered.splice(first, 1));
  for (const w of ordered) {
    const negative = splitCoefficient(w.coef).coef.num < 0n;
    const c = negative ? negate(w.coef) : w.coef;
    // The coefficient joins on the left: ((2 A) B) needs no brackets.
    const printed = isOne(c)
      ? lettersExpr(w.letters)
      : (w.letters.length === 0 ? [nameExpr("I")] : w.letters.map(letterExpr)).reduce((a, b) => binaryExpr("multiply", a, b, true), toExpr(c));
    if (out === null) out = negative ? unaryExpr("negate", printed) : printed;
    else out = binaryExpr(negative ? "subtract" : "add", out, printed);
  }
  return out ?? intExpr(0);
}

export const isConstantName = (name: string): boolean => name in constantNames;
