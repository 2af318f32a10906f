// A programming language as a table: its operators, functions, constants and signs. The parser that reads by it is code.ts's.

import type { BinaryOp, Expr, Range, RelationOp, UnaryOp } from "../../expr/index.js";
import type { FormatName, ParseOptions } from "../format.js";
import { name, number } from "./build.js";
import type { LexStyle } from "./lexer.js";

/** Binding powers, the same scale for every language. */
export const P = { or: 10, and: 15, not: 20, relation: 30, range: 40, add: 50, multiply: 60, unary: 70, power: 80, postfix: 90, call: 100 } as const;

/** A binary operator: what it does, how closely it binds, and whether it groups to the right. A function name makes a call. */
export interface BinaryRule {
  readonly op?: BinaryOp;
  readonly relation?: RelationOp;
  readonly call?: string;
  readonly power: number;
  readonly right?: boolean;
}

export interface Arguments {
  readonly args: readonly Expr[];
  readonly named: Readonly<Record<string, Expr>>;
  readonly range: Range;
  readonly nameRange: Range;
}

/** What a name applied to arguments means: the canonical function, or how to build its expression. */
export type Builder = (a: Arguments, parser: { readonly text: string; readonly options: ParseOptions }) => Expr;
export type FunctionRule = string | Builder;

export interface CodeDialect {
  readonly format: FormatName;
  readonly lexer: LexStyle;
  readonly infix: ReadonlyMap<string, BinaryRule>;
  readonly prefix: ReadonlyMap<string, readonly [op: UnaryOp, power: number]>;
  readonly postfix?: ReadonlyMap<string, UnaryOp>;
  /** Signs that define the name before them. */
  readonly assign: readonly string[];
  /** Between the parameters and the body of a function without a name. */
  readonly arrow?: "->" | "=>";
  /** e, i and pi are ordinary names unless they are among the constants. */
  readonly plainLetters?: boolean;
  /** How f(x, y) is defined, where a definition looks like a call. */
  readonly defines?: {
    readonly brackets: readonly [open: string, close: string];
    readonly signs: readonly string[];
    /** What a parameter ends in: the _ of f[x_]. */
    readonly suffix?: string;
    /** Between a parameter and its type. */
    readonly typed?: string;
  };
  readonly origin: 0 | 1;
  /** Round brackets after an operand index it, unless a function stands there (MATLAB, Fortran). */
  readonly roundIndex?: boolean;
  /** Stop of a:b belongs to the range. */
  readonly inclusive?: boolean;
  readonly functions: ReadonlyMap<string, FunctionRule>;
  /** Methods `x.f(...)`: the receiver becomes the first argument. Absent: as functions. */
  readonly methods?: ReadonlyMap<string, FunctionRule>;
  readonly constants: ReadonlyMap<string, (range: Range) => Expr>;
  /** A line end may end a statement. */
  readonly newlines: boolean;
  /** Words that begin what is no formula. */
  readonly keywords: ReadonlySet<string>;
  readonly truncationHint: string;
  /** 7/2 is 3. */
  readonly integerDivision?: boolean;
}

const real = (value: number) => (range: Range) => number(value, range);
export const constants = {
  pi: (range: Range) => name("\\pi", range),
  e: (range: Range) => name("e", range),
  i: (range: Range): Expr => number(1, range, { num: 1n, den: 1n }, true),
  nan: real(Number.NaN),
  inf: real(Number.POSITIVE_INFINITY),
  true: (range: Range): Expr => ({ kind: "boolean", value: true, range }),
  false: (range: Range): Expr => ({ kind: "boolean", value: false, range }),
} as const;

/** A map from "a b=c d": each word to itself, or to what follows its `=`. */
export function table(...parts: readonly string[]): [string, string][] {
  return parts
    .join(" ")
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [word, word] : [word.slice(0, at), word.slice(at + 1)];
    });
}

// Operators that most languages share, to be spread into their tables.
type Rules = readonly (readonly [string, BinaryRule])[];
export const logic: Rules = [
  ["||", { op: "or", power: P.or }],
  ["&&", { op: "and", power: P.or + 2 }],
];
export const equality: Rules = [
  ["==", { relation: "=", power: P.relation }],
  ["!=", { relation: "≠", power: P.relation }],
];
export const orders: Rules = [
  ["<", { relation: "<", power: P.relation }],
  ["<=", { relation: "≤", power: P.relation }],
  [">", { relation: ">", power: P.relation }],
  [">=", { relation: "≥", power: P.relation }],
];
export const sums: Rules = [
  ["+", { op: "add", power: P.add }],
  ["-", { op: "subtract", power: P.add }],
];
