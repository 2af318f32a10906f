// Derivatives with respect to vectors and matrices, in denominator layout: ∂f/∂X has the shape of X.
//
// The differential of a scalar is written as tr(Gᵀ dX); G is the gradient. A vector y gives ∂y/∂x with entry (j, i) = ∂yᵢ/∂xⱼ.

import { fail, type Range, said } from "../../expr/index.js";
import { derive } from "./derive.js";
import { isOne, isZeroTerm, mentions, minusOne, nameTerm, one, replace, type Term } from "./term.js";
import {
  addWords,
  asScalar,
  identityWords,
  inverseWords,
  type Letter,
  letter,
  multiplyWords,
  type Read,
  type Shape,
  scaleWords,
  single,
  traceWords,
  transposeWords,
  type WordContext,
  type Words,
  zeroWords,
} from "./words.js";

const differentialName = "\u0001d";
const isDifferential = (l: Letter): boolean => l.name === differentialName;

const occursIn = (w: Words, name: string): boolean => w.words.some((x) => x.letters.some((l) => occurs(l, name)));
const occurs = (l: Letter, name: string): boolean => l.name === name || (l.group !== undefined && occursIn(l.group, name));

const ofLetters = (letters: readonly Letter[]): Words => letters.reduce<Words>((a, l) => multiplyWords(a, single(l), [0, 0]), identityWords());

/** The differential of a matrix expression: linear in the letter d, which stands for dX. */
function differential(w: Words, name: string, shape: Shape, range: Range): Words {
  let out = zeroWords(w.rows, w.columns);
  for (const word of w.words) {
    word.letters.forEach((l, i) => {
      if (!occurs(l, name)) return;
      const before = ofLetters(word.letters.slice(0, i));
      const after = ofLetters(word.letters.slice(i + 1));
      const d = multiplyWords(multiplyWords(before, letterDifferential(l, name, shape, range), range), after, range);
      out = addWords(out, scaleWords(d, word.coef), range);
    });
  }
  return out;
}

function letterDifferential(l: Letter, name: string, shape: Shape, range: Range): Words {
  const base: Letter = { ...l, transposed: false, power: 1 };
  const inner = l.group ? differential(l.group, name, shape, range) : single(letter(differentialName, shape));
  const n = Math.abs(l.power);
  let out: Words | null = null;
  const power = (p: number): Words => (p === 0 ? identityWords() : single({ ...base, power: p }));
  for (let i = 0; i < n; i++) {
    // d(X^n) = Σ X^i dX X^{n-1-i};  d(X^{-n}) = -Σ X^{-(i+1)} dX X^{-(n-i)}
    const term =
      l.power > 0
        ? multiplyWords(multiplyWords(power(i), inner, range), power(n - 1 - i), range)
        : scaleWords(multiplyWords(multiplyWords(power(-(i + 1)), inner, range), power(-(n - i)), range), minusOne);
    out = out ? addWords(out, term, range) : term;
  }
  return l.transposed ? transposeWords(out!) : out!;
}

/** G with d tr(W) = tr(Gᵀ dX), from the differential of W. */
function gradientOfTrace(d: Words, shape: Shape, range: Range): Words {
  let g = zeroWords(shape[0], shape[1]);
  for (const w of d.words) {
    const i = w.letters.findIndex(isDifferential);
    const rest = ofLetters([...w.letters.slice(i + 1), ...w.letters.slice(0, i)]);
    const piece = w.letters[i]!.transposed ? rest : transposeWords(rest);
    g = addWords(g, scaleWords({ ...piece, rows: shape[0], columns: shape[1] }, w.coef), range);
  }
  return g;
}

/** The gradient of a scalar in matrix symbols. */
export function scalarGradient(f: Term, name: string, shape: Shape, context: WordContext, range: Range): Words {
  let g = zeroWords(shape[0], shape[1]);
  let rest = f;
  let k = 0;
  for (const [id, atom] of [...context.atoms]) {
    if (!containsId(f, id)) continue;
    const letters = atom.kind === "trace" ? atom.letters : [atom.of];
    if (!letters.some((l) => occurs(l, name))) continue;
    const placeholder = nameTerm(`\u0001a${k++}`);
    const swapped = replace(f, new Map([[id, placeholder]]));
    rest = replace(rest, new Map([[id, one as Term]]));
    const factor = replace(derive(swapped, placeholder.name), new Map([[placeholder.id, termById(f, id)!]]));
    if (isZeroTerm(factor)) continue;
    let piece: Words;
    if (atom.kind === "trace") {
      piece = gradientOfTrace(differential(ofLetters(atom.letters), name, shape, range), shape, range);
    } else {
      // d det M = det M · tr(M⁻¹ dM)
      const M = atom.of.group ?? single(atom.of);
      const d = multiplyWords(inverseWords(M, range), differential(M, name, shape, range), range);
      piece = scaleWords(gradientOfTrace(d, shape, range), termById(f, id)!);
    }
    g = addWords(g, scaleWords(piece, factor), range);
  }
  if (mentions(rest, nameTerm(name)))
    fail(
      "unsupported",
      said`no rule for this derivative with respect to ${name}`,
      range,
      "Traces, Frobenius norms, determinants, quadratic and linear forms are known",
    );
  return g;
}

function containsId(t: Term, id: string): boolean {
  return termById(t, id) !== null;
}
function termById(t: Term, id: string): Term | null {
  if (t.id === id) return t;
  const inside = t.k === "sum" ? t.terms : t.k === "product" ? t.factors : t.k === "power" ? [t.base, t.exponent] : t.k === "call" ? t.args : [];
  for (const p of inside) {
    const found = termById(p, id);
    if (found) return found;
  }
  return null;
}

/** ∂y/∂x of a vector expression by a vector. */
function vectorGradient(y: Words, name: string, shape: Shape, context: WordContext, range: Range): Words {
  const d = differential(y, name, shape, range);
  const row = y.rows !== null && isOne(y.rows) && !(y.columns !== null && isOne(y.columns));
  const column = row ? transposeWords(d) : d;
  let out = zeroWords(shape[0], row ? y.columns : y.rows);
  for (const w of column.words) {
    const i = w.letters.findIndex(isDifferential);
    const before = ofLetters(w.letters.slice(0, i));
    const after = ofLetters(w.letters.slice(i + 1));
    const piece: Words = w.letters[i]!.transposed
      ? // P dᵀ S: entry i changes by Pᵢ (Sᵀ dx)
        multiplyWords(after, transposeWords(before), range)
      : isEmpty(after)
        ? transposeWords(before)
        : scaleWords(transposeWords(before), asScalar({ kind: "matrix", words: after }, context, range));
    out = addWords(out, scaleWords({ ...piece, rows: out.rows, columns: out.columns }, w.coef), range);
  }
  return out;
}
const isEmpty = (w: Words): boolean => w.words.length === 1 && w.words[0]!.letters.length === 0;

/** ∂body/∂name where name is a vector or matrix symbol. */
export function matrixDerivative(body: Read, name: string, shape: Shape, context: WordContext, range: Range): Read {
  const isVector = shape[1] !== null && isOne(shape[1]);
  if (body.kind === "scalar") return { kind: "matrix", words: scalarGradient(body.term, name, shape, context, range) };
  const w = body.words;
  if (w.rows !== null && w.columns !== null && isOne(w.rows) && isOne(w.columns)) {
    return { kind: "matrix", words: scalarGradient(traceWords(w, context, range), name, shape, context, range) };
  }
  if (isVector) return { kind: "matrix", words: vectorGradient(w, name, shape, context, range) };
  return fail("unsupported", "the derivative of a matrix by a matrix is a tensor of order four", range, "Take the trace or a norm first");
}
