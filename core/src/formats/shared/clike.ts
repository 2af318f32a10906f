// The languages with initialisers, `{1, 2}` or `[1, 2]`, as dialects of code: how their numbers, comments, operators and names are written.

import type { Expr, Range } from "../../expr/index.js";
import type { FormatName, Parsed, ParseOptions } from "../format.js";
import { truncationHint } from "./build.js";
import { ClikeParser } from "./clikeParser.js";
import { commonConstants, commonFunctions } from "./clikeWords.js";
import { parseCode } from "./code.js";
import { type BinaryRule, type CodeDialect, equality, type FunctionRule, logic, orders, P, sums } from "./dialect.js";
import type { LexStyle } from "./lexer.js";

export interface ClikeOptions {
  readonly format: FormatName;
  readonly suffix?: RegExp;
  readonly imaginary?: RegExp;
  readonly separator?: "_" | "'";
  readonly octal?: boolean;
  readonly exponent?: string;
  readonly quotes?: string;
  /** Brackets that hold the entries of an array. */
  readonly arrays: "{" | "[" | "both";
  readonly newlines?: boolean;
  readonly integerDivision?: boolean;
  readonly comments?: readonly string[];
  readonly power?: boolean;
  readonly arrow?: "=>";
  /** `*` goes entry by entry. */
  readonly elementwise?: boolean;
  readonly roundIndex?: boolean;
  readonly origin?: 0 | 1;
  readonly continuation?: "&";
  readonly operators?: readonly string[];
  readonly functions?: readonly (readonly [string, FunctionRule])[];
  readonly constants?: readonly (readonly [string, (r: Range) => Expr])[];
}

const infixOf = (o: ClikeOptions): ReadonlyMap<string, BinaryRule> =>
  new Map<string, BinaryRule>([
    ...logic,
    ...equality,
    ["===", { relation: "=", power: P.relation }],
    ["!==", { relation: "≠", power: P.relation }],
    ["/=", { relation: "≠", power: P.relation }],
    ...orders,
    ...sums,
    ["*", { op: o.elementwise ? "elementwise" : "multiply", power: P.multiply }],
    ["/", { op: o.elementwise ? "elementdivide" : "divide", power: P.multiply }],
    ["%", { call: "rem", power: P.multiply }],
    ...(o.power ? [["**", { op: "elementpower", power: P.power, right: true }] as const] : []),
  ]);

export function clike(o: ClikeOptions): CodeDialect {
  const open = o.arrays === "[" ? "[" : "{";
  const lexer: LexStyle = {
    number: {
      bases: true,
      ...(o.suffix && { suffix: o.suffix }),
      ...(o.imaginary && { imaginary: o.imaginary }),
      ...(o.separator && { separator: o.separator }),
      ...(o.octal && { octal: true }),
      ...(o.exponent && { exponent: o.exponent }),
    },
    comments: o.comments ?? ["//", "#"],
    blockComments: o.comments ? [] : [["/*", "*/"]],
    quotes: o.quotes ?? "\"'",
    operators: [
      ...(o.operators ?? []),
      "<<=",
      "===",
      "!==",
      "**",
      "<<",
      ">>",
      "==",
      "!=",
      "<=",
      ">=",
      "&&",
      "||",
      "=>",
      "->",
      "::",
      ":=",
      "++",
      "--",
      ..."+-*/%<>=!&|^~?()[]{},:;.@#$",
    ],
    ...(o.continuation && { continuation: o.continuation }),
    blocks: [{ open, close: open === "[" ? "]" : "}", separator: ",", hint: "" }],
  };
  return {
    format: o.format,
    lexer,
    infix: infixOf(o),
    prefix: new Map([
      ["-", ["negate", P.unary]],
      ["+", ["plus", P.unary]],
      ["!", ["not", P.unary]],
    ]),
    assign: ["=", ":="],
    origin: o.origin ?? 0,
    inclusive: o.origin === 1,
    ...(o.roundIndex && { roundIndex: true }),
    ...(o.arrow && { arrow: o.arrow }),
    functions: new Map<string, FunctionRule>([...commonFunctions, ...(o.functions ?? [])]),
    constants: new Map([...commonConstants, ...(o.constants ?? [])]),
    newlines: o.newlines ?? false,
    keywords: new Set(
      "for while if switch return import package using namespace class struct fn func function def print program subroutine module use implicit do enum interface type throw try".split(
        " ",
      ),
    ),
    truncationHint: truncationHint("other"),
    ...(o.integerDivision && { integerDivision: true }),
  };
}

export const parseClike = (text: string, dialect: CodeDialect, options: ParseOptions = {}): Parsed => parseCode(text, dialect, options, ClikeParser);
