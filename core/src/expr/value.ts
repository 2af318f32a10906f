// What an expression comes to: plain data, so that it crosses workers and webviews as it is.

import { type Matrix, type Rational, rationalToNumber } from "../linalg/index.js";
import type { Expr } from "./expr.js";

/** An exact integer or fraction. */
export interface RationalValue {
  readonly kind: "rational";
  readonly num: bigint;
  readonly den: bigint;
}

export interface RealValue {
  readonly kind: "real";
  readonly value: number;
}

export interface ComplexValue {
  readonly kind: "complex";
  readonly re: number;
  readonly im: number;
  /** Gaussian rational: exact parts when both are known exactly. */
  readonly exact?: { readonly re: Rational; readonly im: Rational };
}

export interface BooleanValue {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface StringValue {
  readonly kind: "string";
  readonly value: string;
}

/**
 * What an array is in a language that has several kinds of them: PyTorch's tensor, Python's list and pandas' frame answer
 * some names and signs unlike NumPy's array, which is "array" and needs no mark. MATLAB's integer types round and saturate.
 */
export type Flavour = "array" | "tensor" | "list" | "frame" | IntegerType;
/** MATLAB's whole numbers of limited size. */
export type IntegerType = "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64";

/**
 * Numbers in a row-major block of any rank: [n] is a vector, [m, n] a matrix, three and more a tensor.
 * `data` always holds the floating-point values; `exact` holds the same entries as fractions while they are known exactly.
 * Entries of a "boolean" array are 0 and 1.
 */
export interface ArrayValue {
  readonly kind: "array";
  readonly shape: readonly number[];
  readonly data: Float64Array;
  readonly imag?: Float64Array;
  readonly exact?: readonly Rational[];
  readonly element?: "number" | "boolean";
  /** Names of the columns, as in a table of data. */
  readonly columns?: readonly string[];
  readonly flavour?: Exclude<Flavour, "array">;
}

export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
}

/** Named parts: an SVD is {U, s, V}. `title` names the whole ("SVD", "solution"). */
export interface RecordValue {
  readonly kind: "record";
  readonly title?: string;
  readonly fields: Readonly<Record<string, Value>>;
}

/** The solutions of an equation in one variable. */
export interface SolutionsValue {
  readonly kind: "solutions";
  readonly variable: string;
  readonly values: readonly Value[];
}

/** n = ∏ base^exponent. */
export interface FactorizationValue {
  readonly kind: "factorization";
  readonly factors: readonly { readonly base: bigint; readonly exponent: number }[];
}

/** A function of named parameters; `closure` holds the values it saw when it was defined. */
export interface FunctionValue {
  readonly kind: "function";
  readonly params: readonly string[];
  readonly body: Expr;
  /** What a parameter is when no argument is given for it. */
  readonly defaults?: readonly (Expr | undefined)[];
  readonly name?: string;
}

/** An expression that still has free names, or a matrix of them (`expr.kind === "matrix"`). It can be printed and evaluated again. */
export interface SymbolicValue {
  readonly kind: "symbolic";
  readonly expr: Expr;
  /** A remark for the result line: "denominator layout", "+ C". */
  readonly note?: string;
}

export type Value =
  | RationalValue
  | RealValue
  | ComplexValue
  | BooleanValue
  | StringValue
  | ArrayValue
  | ListValue
  | RecordValue
  | SolutionsValue
  | FactorizationValue
  | FunctionValue
  | SymbolicValue;

export const rationalValue = (r: Rational): RationalValue => ({ kind: "rational", num: r.num, den: r.den });
export const integerValue = (n: bigint | number): RationalValue => ({ kind: "rational", num: BigInt(n), den: 1n });
export const realValue = (value: number): RealValue => ({ kind: "real", value });
export const booleanValue = (value: boolean): BooleanValue => ({ kind: "boolean", value });
/** A complex value; a real one when the imaginary part is exactly zero. */
export const complexValue = (re: number, im: number): RealValue | ComplexValue =>
  im === 0 ? { kind: "real", value: re } : { kind: "complex", re, im };

/** A matrix as a value. */
export const matrixValue = (m: Matrix): ArrayValue =>
  m.imag ? { kind: "array", shape: [m.rows, m.columns], data: m.data, imag: m.imag } : { kind: "array", shape: [m.rows, m.columns], data: m.data };

/** A vector as a value. */
export const vectorValue = (data: Float64Array | readonly number[]): ArrayValue => ({
  kind: "array",
  shape: [data.length],
  data: data instanceof Float64Array ? data : Float64Array.from(data),
});

/** An exact array; the floating-point entries are derived. */
export const exactArray = (shape: readonly number[], exact: readonly Rational[]): ArrayValue => ({
  kind: "array",
  shape,
  data: Float64Array.from(exact, rationalToNumber),
  exact,
});

/** A vector (as a column) or matrix value as a Matrix; null for other ranks. */
export function asMatrix(a: ArrayValue): Matrix | null {
  const [rows, columns] = a.shape.length === 1 ? [a.shape[0] as number, 1] : a.shape.length === 2 ? (a.shape as [number, number]) : [-1, -1];
  if (rows < 0) return null;
  return a.imag ? { rows, columns, data: a.data, imag: a.imag } : { rows, columns, data: a.data };
}
