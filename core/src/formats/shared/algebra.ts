// Symbolic results in the languages of computer algebra: infix operators, functions by name.
import type { BinaryOp, Expr } from "../../expr/index.js";

/** How a language spells what is not an operator. */
export interface Algebra {
  /** Around the arguments of a function. */
  readonly brackets: readonly [open: string, close: string];
  /** By canonical names: \pi, e, i, \infty. */
  readonly constants: Readonly<Record<string, string>>;
  /** By canonical names: sin, ln, arcsin. What is not here cannot be written. */
  readonly functions: Readonly<Record<string, string>>;
  /** A name that is no plain letters and digits, as \alpha; null: it cannot be written. */
  readonly name: (canonical: string) => string | null;
  /** Solutions of an equation. */
  readonly solved: (variable: string, values: readonly string[]) => string;
}

/** Functions that are called the same nearly everywhere. */
export const commonFunctions = Object.fromEntries(
  "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh arsinh arcosh artanh exp sqrt abs floor erf max min".split(" ").map((n) => [n, n]),
);

/** Inverse functions by their short names. */
export const shortInverses = { arcsin: "asin", arccos: "acos", arctan: "atan", arsinh: "asinh", arcosh: "acosh", artanh: "atanh" };

/** \alpha as alpha. */
export const greekName = (canonical: string): string | null => /^\\([A-Za-z]+)$/.exec(canonical)?.[1] ?? null;

const POWER: Partial<Record<BinaryOp, number>> = { add: 1, subtract: 1, multiply: 2, elementwise: 2, divide: 2, power: 3 };
const SIGN: Partial<Record<BinaryOp, string>> = { add: " + ", subtract: " - ", multiply: "*", elementwise: "*", divide: "/", power: "^" };
const ATOM = 4;

interface Printed {
  readonly text: string;
  readonly power: number;
}

const at = (p: Printed, power: number): string => (p.power >= power ? p.text : `(${p.text})`);

/** An expression in a language; null where the language, or this table of it, has no word for a part. */
export function algebraText(e: Expr, a: Algebra): string | null {
  return print(e, a)?.text ?? null;
}

function print(e: Expr, a: Algebra): Printed | null {
  switch (e.kind) {
    case "number": {
      if (e.imaginary) return null;
      if (!e.exact) return Number.isFinite(e.value) && !/e/.test(String(e.value)) ? { text: String(e.value), power: e.value < 0 ? 1 : ATOM } : null;
      const { num, den } = e.exact;
      return { text: den === 1n ? `${num}` : `${num}/${den}`, power: num < 0n ? 1 : den === 1n ? ATOM : 2 };
    }
    case "name": {
      const constant = e.base === undefined && Object.hasOwn(a.constants, e.name) ? a.constants[e.name] : undefined;
      const text = constant ?? (/^[A-Za-z][A-Za-z0-9]*$/.test(e.name) ? e.name : a.name(e.name));
      return text ? { text, power: ATOM } : null;
    }
    case "unary": {
      const operand = print(e.operand, a);
      if (!operand) return null;
      if (e.op === "negate") return { text: `-${at(operand, 2)}`, power: 1 };
      return e.op === "factorial" ? { text: `${at(operand, ATOM)}!`, power: 3 } : null;
    }
    case "binary":
      return operation(e.op, print(e.left, a), print(e.right, a));
    case "norm":
      return e.which === "abs" ? applied("abs", [e.operand], a) : null;
    case "call":
      return e.named ? null : applied(e.name, e.args, a);
    case "list":
      return e.items.length === 1 ? print(e.items[0] as Expr, a) : null;
    default:
      return null;
  }
}

function operation(op: BinaryOp, left: Printed | null, right: Printed | null): Printed | null {
  const power = POWER[op];
  if (!left || !right || power === undefined) return null;
  const [l, r] = op === "power" ? [ATOM, ATOM] : [power, power + 1];
  return { text: `${at(left, l)}${SIGN[op]}${at(right, r)}`, power };
}

function applied(name: string, args: readonly Expr[], a: Algebra): Printed | null {
  const written = Object.hasOwn(a.functions, name) ? a.functions[name] : undefined;
  const parts = args.map((x) => print(x, a)?.text ?? null);
  return written && !parts.includes(null) ? { text: `${written}${a.brackets[0]}${parts.join(", ")}${a.brackets[1]}`, power: ATOM } : null;
}
