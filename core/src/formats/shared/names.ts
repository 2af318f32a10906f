// Function names that many languages share, so that each language's table holds only its own.

import { type Expr, fail, said } from "../../expr/index.js";
import { call, integer, number } from "./build.js";
import type { Arguments, Builder } from "./dialect.js";

/** Elementary functions spelled alike everywhere. */
export const elementary =
  "sin cos tan asin=arcsin acos=arccos atan=arctan arcsin arccos arctan sinh cosh tanh asinh=arsinh acosh=arcosh atanh=artanh arcsinh=arsinh arccosh=arcosh arctanh=artanh exp expm1 log2 log10 log1p sqrt cbrt abs sign floor ceil round hypot atan2 erf erfc gamma lgamma gcd lcm factorial real=re imag=im conj";

export const number0 = (value: number, a: Arguments): Expr => number(value, a.nameRange);

/** The arguments as dimensions: lists are spread. One dimension n means n×n where `square`. */
export function dimensions(args: readonly Expr[], square: boolean): readonly Expr[] {
  const flat = args.flatMap((e) => (e.kind === "array" || e.kind === "list" ? e.items : [e]));
  const one = flat[0];
  return square && flat.length === 1 && one && (one.kind === "number" || one.kind === "name") ? [one, one] : flat;
}

/** zeros, ones and their kin: every argument is a dimension. */
export const filled =
  (value: number | string, square = false): Builder =>
  (a) => {
    const dims = dimensions(
      [
        ...a.args.filter((e) => e.kind !== "string"),
        ...("shape" in a.named ? [a.named["shape"] as Expr] : []),
        ...("size" in a.named ? [a.named["size"] as Expr] : []),
      ],
      square,
    );
    if (typeof value === "string") return call(value, dims, a.range, a.nameRange);
    return dims.length === 0 ? number(value, a.range) : call("full", dims, a.range, a.nameRange, { value: integer(value, a.nameRange) });
  };

/** The first argument as it is: conversions that change no value. */
export const same: Builder = (a) => {
  const e = a.args[0];
  if (!e) return fail("missing-argument", "a value is missing between the brackets", a.range);
  return { ...e, range: a.range } as Expr;
};

/** Refuses by name. */
export const refused: Builder = (a, p) =>
  fail(
    "unsupported",
    said`${p.text.slice(a.nameRange[0], a.nameRange[1])} is not computed here: nothing is executed, read or drawn at random`,
    a.nameRange,
  );

/** The method or function called with its named arguments under other names: dim -> axis. */
export const renamed =
  (name: string, names: Readonly<Record<string, string>>): Builder =>
  (a) =>
    call(name, a.args, a.range, a.nameRange, Object.fromEntries(Object.entries(a.named).map(([k, v]) => [names[k] ?? k, v])));

/** The first argument with an operation applied. */
export const unary =
  (op: "transpose" | "adjoint" | "conjugate" | "negate"): Builder =>
  (a) => {
    const operand = a.args[0];
    if (!operand) return fail("missing-argument", "a value is missing between the brackets", a.range);
    return { kind: "unary", op, operand, range: a.range };
  };

export const binaryOf =
  (
    op: "matmul" | "elementwise" | "add" | "subtract" | "elementdivide" | "elementpower" | "kronecker" | "mod" | "floordivide" | "and" | "or",
  ): Builder =>
  (a) => {
    const [left, right] = a.args;
    if (!left || !right) return fail("arity", "two arguments are needed", a.range);
    return { kind: "binary", op, left, right, range: a.range };
  };

/** For rules that look at their arguments only. */
export const noParser = { text: "", options: {} } as const;
