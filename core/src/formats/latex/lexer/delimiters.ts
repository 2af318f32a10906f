// \left, \middle and \right with their delimiters.
import { fail, said } from "../../../expr/index.js";
import { spelling } from "../symbols.js";
import type { Scan } from "./scan.js";
import type { Open } from "./state.js";

const DELIMITER = /^([()[\]|./]|\\[{}|]|\\(langle|rangle|lfloor|rfloor|lceil|rceil|uparrow|downarrow|updownarrow|setminus|ulcorner|urcorner))$/;
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({ "<": "\\langle", ">": "\\rangle", "‖": "\\|", "∥": "\\|", "∣": "|", "⟨": "\\langle", "⟩": "\\rangle" }),
);

/** Takes the delimiter after a command. */
function delimiter(scan: Scan, command: string, start: number): string {
  const { text, to, at: from } = scan;
  scan.skipSpace();
  let sign = scan.char();
  if (sign === "\\") {
    let end = scan.at + 1;
    while (end < to && /[A-Za-z]/.test(text.charAt(end))) end++;
    if (end === scan.at + 1) end++;
    sign = delimiterCommand(text.slice(scan.at + 1, end));
    scan.at = end;
  } else if (scan.at < to) {
    scan.at++;
    sign = SIGNS.get(sign) ?? sign;
  } else sign = "";
  if (!DELIMITER.test(sign))
    fail("missing-argument", said`\\${command} needs a delimiter`, scan.range(start, Math.max(from, scan.at)), "write \\left. for none");
  return sign;
}

function delimiterCommand(name: string): string {
  if (/^[lr][vV]ert$/.test(name)) return name.endsWith("vert") ? "|" : "\\|";
  if (name === "lgroup" || name === "rgroup") return name === "lgroup" ? "(" : ")";
  return spelling[name] ?? `\\${name}`;
}

export function readLeft(scan: Scan, command: string, start: number): void {
  const { state } = scan;
  const sign = delimiter(scan, command, start);
  // "\right. \\ \left." in the middle of a bracket broken over two lines is no bracket at all.
  const n = state.tokens.length;
  const row = state.tokens[n - 1]?.kind === "row" ? 1 : 0;
  const before = state.tokens[n - 1 - row];
  if (sign === "." && row === 1 && before?.kind === "right" && before.text === "." && state.halves.length > 0) {
    state.tokens.length = n - 1 - row;
    state.open.push(state.halves.pop() as Open);
    return;
  }
  state.enter({ type: "left", name: sign, range: scan.range(start), chain: start });
  scan.put("left", sign, start);
}

export function readMiddle(scan: Scan, command: string, start: number): void {
  const sign = delimiter(scan, command, start);
  scan.put("symbol", sign === "." ? "|" : sign, start, scan.at, "middle");
}

export function readRight(scan: Scan, command: string, start: number): void {
  const { state } = scan;
  const sign = delimiter(scan, command, start);
  const top = state.open.pop();
  if (top === undefined) fail("unbalanced", said`"\\right${sign}" closes nothing`, scan.range(start), "add \\left");
  if (top.type !== "left")
    fail("unbalanced", top.type === "{" || top.type === "strip" ? '"{" is never closed' : said`\\begin{${top.name}} is never closed`, top.range);
  state.halves = sign === "." ? [top] : [];
  scan.put("right", sign, start);
}
