// Reads a text from one place to another: every character has a reader of its own.
import { fail, type Range, said } from "../../../expr/index.js";
import { readArgument } from "../macros.js";
import { rowEnvironments } from "../symbols.js";
import { readBeyondAscii } from "./beyondAscii.js";
import { readCommand } from "./commands.js";
import { isDigit, readNumber } from "./numbers.js";
import { Scan } from "./scan.js";
import type { State } from "./state.js";

/** Commands and macros inside each other. */
const DEEPEST = 64;

export function run(state: State, text: string, from: number, to: number, place: Range | undefined, depth: number): void {
  const scan = new Scan(state, text, from, to, place, depth);
  if (depth > DEEPEST) fail("too-large", "commands nested too deep", scan.range(from, from + 1));
  while (scan.at < to) readOne(scan);
}

function readOne(scan: Scan): void {
  const { text, state, at } = scan;
  const code = text.charCodeAt(at);
  const c = text.charAt(at);
  if (code <= 32 || code === 0xa0 || code === 0x3000 || c === "~") {
    scan.at++;
    state.space = true;
  } else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
    scan.at++;
    scan.put("letter", c, at);
  } else if ((code >= 48 && code <= 57) || beginsNumber(scan)) readNumber(scan);
  else if (c === "\\") readCommand(scan);
  else if (c === "{") openBrace(scan);
  else if (c === "}") closeBrace(scan);
  else if (c === "%") while (scan.at < scan.to && text.charCodeAt(scan.at) !== 10) scan.at++;
  else if (c === "$" || c === '"' || c === "`") {
    scan.at++;
    state.space = true;
  } else if (c === "&") readAmpersand(scan);
  else if (code < 128) readSign(scan);
  else readBeyondAscii(scan);
}

/** .5, but not the second point of 1.2.3. */
function beginsNumber({ text, state, at }: Scan): boolean {
  if (text.charAt(at) !== "." || !isDigit(text, at + 1)) return false;
  return !(isDigit(text, at - 1) && state.tokens.at(-1)?.kind === "number" && !state.space);
}

function openBrace(scan: Scan): void {
  const { state, at: start } = scan;
  scan.at++;
  const chain = state.tokens.at(-1)?.text === "}" && !state.space ? state.lastChain : start;
  const group = { name: "{", range: scan.range(start), chain };
  if (!state.strip && !state.special?.stacked) {
    state.enter({ type: "{", ...group, ...state.special });
    scan.put("symbol", "{", start);
    return;
  }
  // The conditions of \substack are those of the script around it.
  state.enter({ type: "strip", ...group, ...(state.special?.stacked && { stacked: true }) });
  state.strip = false;
  state.special = undefined;
}

function closeBrace(scan: Scan): void {
  const { state, text, to, at: start } = scan;
  scan.at++;
  const top = state.open.pop();
  if (top === undefined) fail("unbalanced", '"}" closes nothing', scan.range(start), 'remove it or add "{"');
  if (top.type !== "{" && top.type !== "strip")
    fail(
      "unbalanced",
      top.type === "left" ? said`"\\left${top.name}" has no "\\right"` : said`"\\begin{${top.name}}" has no "\\end{${top.name}}"`,
      top.range,
    );
  state.lastChain = top.chain;
  if (top.type === "{") scan.put("symbol", "}", start);
  if (!top.script) return;
  // What stands under a brace is a remark.
  scan.skipSpace();
  for (let limits = scan.match(LIMITS, 9); limits; limits = scan.match(LIMITS, 9)) {
    scan.at += limits.length;
    scan.skipSpace();
  }
  if (scan.char() === top.script) scan.at = readArgument(text, scan.at + 1, to).end;
}

const LIMITS = /^\\(no)?limits/;

/** A column of a matrix; elsewhere alignment. */
function readAmpersand(scan: Scan): void {
  const { state, at: start } = scan;
  scan.at++;
  const inner = state.inner();
  if (inner?.type === "begin" && !rowEnvironments.has(inner.name)) return void scan.put("symbol", "&", start);
  const last = state.tokens.at(-1);
  state.wide = last !== undefined && last.kind !== "row" && !(last.kind === "symbol" && /[=<>]/.test(last.text));
}

/** Signs of several characters that people type; `!==` stays a factorial before an equality. */
const SIGNS: readonly (readonly [pattern: RegExp, kind: string, text: string, value?: string])[] = [
  [/^\.\.\./, "dots", "\\ldots", "horizontal"],
  [/^:=/, "symbol", ":="],
  [/^<=>/, "command", "\\leftrightarrow"],
  [/^<=/, "command", "\\leq"],
  [/^>=/, "command", "\\geq"],
  [/^==/, "symbol", "="],
  [/^!=(?!=)/, "command", "\\neq"],
];

function readSign(scan: Scan): void {
  const { state, text, at: start } = scan;
  const c = text.charAt(start);
  if (/[.:<>=!]/.test(c)) {
    const ahead = text.slice(start, start + 3);
    for (const [pattern, kind, sign, value] of SIGNS) {
      const found = pattern.exec(ahead)?.[0];
      if (!found) continue;
      scan.at += found.length;
      return void scan.put(kind, sign, start, scan.at, value);
    }
  }
  scan.at++;
  if (c === "(" || c === "[") state.brackets++;
  else if ((c === ")" || c === "]") && state.brackets > 0) state.brackets--;
  scan.put("symbol", c, start);
}
