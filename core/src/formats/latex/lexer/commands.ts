// What a backslash begins: which commands leave nothing behind, which are read in a way of their own, and which are tokens.
import { fail, said } from "../../../expr/index.js";
import { closingBrace, readArgument, readMacroDefinition, substitute } from "../macros.js";
import { blank, dotCommands, dropped, romanCommands, spelling, switches, textCommands, transparent } from "../symbols.js";
import { readLeft, readMiddle, readRight } from "./delimiters.js";
import { readBegin, readEnd, readPlainMatrix } from "./environments.js";
import type { Scan } from "./scan.js";
import type { LatexToken } from "./state.js";
import { putWord, readRoman, readText } from "./words.js";

/** Reads on behind a command's name; `start` is where its backslash stands. */
type Reader = (scan: Scan, name: string, start: number) => void;

const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);

/** Takes a command with all that belongs to it. */
export function readCommand(scan: Scan): void {
  const { text, to, state, at: start } = scan;
  let end = start + 1;
  while (end < to && isLetter(text.charCodeAt(end))) end++;
  if (end === start + 1) end++;
  let name = end > to ? "" : text.slice(start + 1, end);
  if (text.charAt(end) === "*" && STARRED.has(name)) {
    end++;
    name += "*";
  }
  scan.at = end;
  const own = state.macros.has(`\\${name}`) && name !== "begin" && name !== "end";
  (own ? unfold : (READERS.get(name) ?? putCommand))(scan, name, start);
}

const STARRED = new Set(["tag", "hspace", "vspace", ...[...romanCommands].flatMap((name) => (name.endsWith("*") ? [name.slice(0, -1)] : []))]);

const putCommand: Reader = (scan, name, start) => scan.put("command", `\\${name}`, start);

/** A macro of the document: its body is read in its place. */
function unfold(scan: Scan, command: string, start: number): void {
  const { state, text, to } = scan;
  const name = `\\${command}`;
  const macro = state.macros.get(name)!;
  const args: string[] = [];
  for (let i = 0; i < macro.args; i++) {
    let from = scan.at;
    while (from < to && /\s/.test(text.charAt(from))) from++;
    const a = readArgument(text, from, to);
    if (a.from === a.end)
      fail("missing-argument", said`${name} takes ${macro.args > 1 ? `${macro.args} arguments` : "1 argument"}`, scan.range(start));
    args.push(text.slice(a.from, a.to));
    scan.at = a.end;
  }
  if (++state.expansions > 10_000 || scan.depth > 32) fail("too-large", said`the macro ${name} unfolds without end`, scan.range(start));
  const body = substitute(macro.body, args);
  if (body.length > 200_000) fail("too-large", said`the macro ${name} unfolds to more than 200,000 characters`, scan.range(start));
  scan.readInstead(body, start, scan.at, scan.depth + 1);
}

/** \\, \\[2pt] and \\*. */
function readRow(scan: Scan, _name: string, start: number): void {
  const { text, state } = scan;
  if (scan.char() === "*") scan.at++;
  const gap = /^\s*\[\s*-?[\d.]+\s*(?:\\[a-z]+|[a-z]{2})?\s*\]/.exec(text.slice(scan.at, scan.at + 40));
  if (gap && scan.at + gap[0].length <= scan.to) scan.at += gap[0].length;
  if (state.open.at(-1)?.stacked) scan.put("symbol", ",", start);
  else scan.put("row", "\\\\", start);
}

const space: Reader = ({ state }) => {
  state.space = true;
};

const wideSpace: Reader = ({ state }) => {
  state.space = true;
  state.wide = true;
};

const nothing: Reader = () => {};

/** \hskip 2pt: a length goes with it. */
function readSkip(scan: Scan): void {
  const size = /^\s*-?[\d.]+\s*[a-z]{2}/.exec(scan.text.slice(scan.at, scan.at + 30));
  scan.state.space = true;
  if (size) scan.at += size[0].length;
}

/** Commands whose last argument stays, in braces that go. */
const AROUND = new Set(["textcolor", "style", "class", "cssId", "href", "colorbox", "raisebox", "scalebox", "resizebox"]);

/** A command that vanishes with its arguments. */
function drop(scan: Scan, name: string): void {
  const { text, to, state } = scan;
  for (let i = 0; i < (dropped[name] as number); i++) {
    scan.skipSpace();
    const optional = scan.char() === "[" ? text.indexOf("]", scan.at) : -1;
    if (optional > 0 && optional < to) scan.at = optional + 1;
    scan.at = readArgument(text, scan.at, to).end;
  }
  if (AROUND.has(name)) state.strip = true;
  state.space = true;
}

/** \boxed{x} is x. A sum or difference keeps its braces: \boxed{a+b}c is (a+b)c. Only operators lose them, so that bounds can follow. */
function readTransparent(scan: Scan, name: string, start: number): void {
  const { text, to, state } = scan;
  scan.skipSpace();
  if (scan.char() === "[") {
    const close = text.indexOf("]", scan.at);
    if (close > 0 && close < to && name !== "underline") scan.at = close + 1;
  }
  if (scan.char() !== "{") {
    if (scan.at >= to) fail("missing-argument", said`${`\\${name}`} needs an argument`, scan.range(start));
    return;
  }
  if (name === "substack") state.special = { stacked: true };
  else if (name.startsWith("under") && name !== "underline") state.special = { script: "_" };
  else if (name.startsWith("over")) state.special = { script: "^" };
  else if (name.startsWith("math") || name === "ensuremath") state.strip = true;
}

function readTextCommand(scan: Scan, name: string, start: number): void {
  scan.skipSpace();
  const a = scan.argument(`\\${name}`, start);
  scan.state.space = true;
  if (name !== "textcircled" && name !== "circled") return void readText(scan, a.from, a.to, start);
  const circled = `(${scan.text.slice(a.from, a.to)})`;
  scan.put("text", circled, start, scan.at, circled);
}

/** A longer argument of \mathrm is no word. */
const LONGEST_ROMAN = 400;

function readRomanCommand(scan: Scan, name: string, start: number): void {
  scan.skipSpace();
  const { text, to, at } = scan;
  // The braces of a long argument are read as a group, and are not looked through twice.
  if (scan.char() === "{" && to > at + LONGEST_ROMAN && closingBrace(text, at, at + LONGEST_ROMAN) >= at + LONGEST_ROMAN) return;
  readRoman(scan, name, start);
}

/** {\bf A} and {\rm rank}: switches of old TeX. */
function readSwitch(scan: Scan, name: string, start: number): void {
  scan.skipSpace();
  if (switches[name] !== "") return void scan.put("command", `\\${switches[name]}`, start);
  const from = scan.at;
  while (scan.at < scan.to && /[A-Za-z0-9.]/.test(scan.char())) scan.at++;
  if (scan.at > from) putWord(scan, scan.text.slice(from, scan.at), from);
}

function define(scan: Scan, name: string, start: number): void {
  const { state } = scan;
  const definition = readMacroDefinition(scan.text, start, scan.to);
  if (!definition) fail("missing-argument", said`${`\\${name}`} needs a name and a body`, scan.range(start));
  if (definition.name) state.macros = new Map(state.macros).set(definition.name, definition.macro);
  scan.at = definition.end;
}

const LETTER_COMMAND = /^\\[A-Za-z]*(alpha|beta|theta|lambda|mu|phi|psi|pi|rho|xi)$/i;
const isSign = ({ kind, text }: LatexToken) => kind === "symbol" || (kind === "command" && !LETTER_COMMAND.test(text));

/** \underset{x}{A} is A_{x}, \overset{n}{A} is A^{n}; what stands over a sign is a remark about it, \overset{def}{=} a definition. */
function readStacked(scan: Scan, name: string, start: number): void {
  const { state, text } = scan;
  scan.skipSpace();
  const script = scan.argument(`\\${name}`, start);
  scan.skipSpace();
  const base = scan.argument(`\\${name}`, start);
  const before = state.tokens.length;
  scan.read(base.from, base.to);
  const only = state.tokens.length === before + 1 ? (state.tokens[before] as LatexToken) : undefined;
  if (name !== "underset" && only && isSign(only)) {
    if (only.text !== "=" || !/def|triangle|Delta|\bset\b|记|定义/.test(text.slice(script.from, script.to))) return;
    state.tokens.pop();
    return void scan.put("symbol", ":=", start);
  }
  scan.put("symbol", name === "underset" ? "_" : "^", start);
  scan.put("symbol", "{", start);
  scan.read(script.from, script.to);
  scan.put("symbol", "}", start);
}

const NEGATED: ReadonlyMap<string, string> = new Map(
  Object.entries({ "=": "\\neq", "\\in": "\\notin", "\\equiv": "\\nequiv", "<": "\\geq", ">": "\\leq" }),
);

function negate(scan: Scan, name: string, start: number): void {
  scan.skipSpace();
  const a = scan.argument(`\\${name}`, start);
  const sign = scan.text.slice(a.from, a.to);
  scan.put("command", NEGATED.get(sign) ?? `\\not${sign.replace(/[^A-Za-z]/g, "")}`, start);
}

function readDots(scan: Scan, name: string, start: number): void {
  if (name === "hdotsfor") scan.at = readArgument(scan.text, scan.at, scan.to).end;
  scan.put("dots", `\\${name}`, start, scan.at, dotCommands[name]);
}

function respell(scan: Scan, name: string, start: number): void {
  const other = spelling[name] as string;
  if (other !== "") scan.put(other === "\\\\" ? "row" : other.startsWith("\\") ? "command" : "symbol", other, start);
}

const failAlone: Reader = (scan, _name, start) => fail("unexpected-end", "a backslash stands alone at the end", scan.range(start, start + 1));

/** Of a command in several lists the first counts. */
const READERS: ReadonlyMap<string, Reader> = new Map(
  (
    [
      [["\\"], readRow],
      [["/", "-", "(", ")", "[", "]"], nothing],
      [[...blank, " ", "\n", "\t", "\r"], space],
      [["quad", "qquad", "enskip"], wideSpace],
      [Object.keys(dropped), drop],
      [["kern", "mkern", "hskip", "mskip"], readSkip],
      [transparent, readTransparent],
      [textCommands, readTextCommand],
      [romanCommands, readRomanCommand],
      [Object.keys(switches), readSwitch],
      [["begin"], readBegin],
      [["end"], readEnd],
      [["left"], readLeft],
      [["middle"], readMiddle],
      [["right"], readRight],
      [["newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator", "let"], define],
      [["underset", "overset", "stackrel", "stackbin"], readStacked],
      [["not"], negate],
      [Object.keys(dotCommands), readDots],
      [Object.keys(spelling), respell],
      [[""], failAlone],
      [["pmatrix", "matrix", "bmatrix", "cases"], readPlainMatrix],
    ] satisfies readonly (readonly [Iterable<string>, Reader])[]
  )
    .reverse()
    .flatMap(([names, reader]) => [...names].map((name): [string, Reader] => [name, reader])),
);
