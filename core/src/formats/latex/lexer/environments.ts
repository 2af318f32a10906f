// \begin{...} and \end{...}, and the matrices of plain TeX.
import { type ArrayValue, fail, type LiteralExpr, said } from "../../../expr/index.js";
import { readLiteralMatrix } from "../literal.js";
import { closingBrace, readArgument } from "../macros.js";
import { casesEnvironments, matrixEnvironments, rowEnvironments } from "../symbols.js";
import type { Scan } from "./scan.js";
import type { LatexToken } from "./state.js";

const isRelationSign = (t: LatexToken): boolean => t.kind === "symbol" && /^(=|:=|<|>)$/.test(t.text);

/** The name of the environment as written, taken. */
function environmentName(scan: Scan, command: string, start: number): string {
  const a = readArgument(scan.text, scan.at, scan.to);
  if (scan.char() !== "{" || a.open) fail("missing-argument", said`\\${command} needs the name of an environment in braces`, scan.range(start));
  scan.at = a.end;
  return scan.text.slice(a.from, a.to).trim();
}

const unstarred = (name: string) => name.replace(/\*$/, "");

export function readEnd(scan: Scan, command: string, start: number): void {
  scan.skipSpace();
  const { state } = scan;
  const written = environmentName(scan, command, start);
  const name = unstarred(written);
  const top = state.open.pop();
  if (top === undefined) fail("unbalanced", said`\\end{${written}} closes nothing`, scan.range(start), said`add \\begin{${written}}`);
  if (top.type !== "begin" && top.type !== "rows")
    fail("unbalanced", said`"${top.type === "left" ? `\\left${top.name}` : "{"}" is never closed`, top.range);
  if (top.name !== name)
    fail("unbalanced", said`\\begin{${top.name}} is closed by \\end{${written}}`, scan.range(start), said`write \\end{${top.name}}`);
  if (top.type === "begin") scan.put("finish", name, start);
  else if (state.tokens.at(-1)?.kind !== "row") scan.put("row", "\\\\", start);
}

export function readBegin(scan: Scan, command: string, start: number): void {
  scan.skipSpace();
  const written = environmentName(scan, command, start);
  const name = unstarred(written);
  if (rowEnvironments.has(name)) return void beginRows(scan, name, start);
  if (!matrixEnvironments.has(name) && !casesEnvironments.has(name))
    fail(
      "unknown-environment",
      said`unknown environment "${written}"`,
      scan.range(start),
      "matrices: matrix, pmatrix, bmatrix, vmatrix, array; rows: align, aligned, gather",
    );
  const range = scan.range(start);
  const option = /^\s*\[[^\]\n]{0,20}\]/.exec(scan.text.slice(scan.at, scan.at + 24));
  if (option && (written.endsWith("*") || name === "array" || name === "tabular")) scan.at += option[0].length;
  if (/^(array|tabular|subarray|darray|numcases|subnumcases)$/.test(name)) {
    scan.skipSpace();
    if (scan.char() === "{") scan.at = readArgument(scan.text, scan.at, scan.to).end;
  } else if (!casesEnvironments.has(name)) {
    const big = readLiteralMatrix(scan.text, scan.at, scan.to, name);
    if (big) {
      const value: ArrayValue = { kind: "array", shape: [big.rows, big.columns], data: big.data };
      scan.at = big.end;
      const literal: LiteralExpr = { kind: "literal", value, environment: name, range: scan.range(start) };
      return void scan.put("literal", name, start, scan.at, literal);
    }
  }
  scan.state.enter({ type: "begin", name, range, chain: start });
  scan.put("begin", name, start);
}

/** Rows of formulas, as of align: the outermost only separate statements. */
function beginRows(scan: Scan, name: string, start: number): void {
  const { state, text } = scan;
  const range = scan.range(start);
  if (/^(x?alignat|alignedat)$/.test(name)) scan.at = readArgument(text, scan.at, scan.to).end;
  const placement = /^\s*\[[tbc]\]/.exec(text.slice(scan.at, scan.at + 8));
  if (placement) scan.at += placement[0].length;
  const nested = state.open.some((o) => o.type !== "rows");
  state.enter({ type: nested ? "begin" : "rows", name, range, chain: start });
  const last = state.tokens.at(-1);
  if (nested) scan.put("begin", name, start);
  else if (last && last.kind !== "row" && !isRelationSign(last)) scan.put("row", "\\\\", start);
}

/** Plain TeX: \pmatrix{1 & 2 \cr 3 & 4}. */
export function readPlainMatrix(scan: Scan, command: string, start: number): void {
  scan.skipSpace();
  if (scan.char() !== "{") return void scan.put("command", `\\${command}`, start);
  const close = closingBrace(scan.text, scan.at, scan.to);
  scan.put("begin", command, start, scan.at + 1);
  scan.state.enter({ type: "begin", name: command, range: scan.range(start), chain: start });
  scan.read(scan.at + 1, close);
  scan.state.open.pop();
  scan.put("finish", command, close, close + 1);
  scan.at = close + 1;
}
