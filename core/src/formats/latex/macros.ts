// Macros of a document (\newcommand and friends) and the reading of a command's arguments.

/** Replacement text with #1..#9, and how many arguments it takes. */
export interface Macro {
  readonly args: number;
  readonly body: string;
}
export type Macros = ReadonlyMap<string, Macro>;

export interface Argument {
  /** The argument's text is [from, to); reading goes on at `end`. from === end when there is none. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly braced: boolean;
  /** Its brace is never closed. */
  readonly open: boolean;
}

/** The place of the brace that closes the one at `at`, or `to`. */
export function closingBrace(text: string, at: number, to: number): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 123) depth++;
    else if (c === 125 && --depth === 0) return i;
  }
  return to;
}

/** One argument: a group, a command or a character. */
export function readArgument(text: string, at: number, to: number): Argument {
  let from = at;
  while (from < to && text.charCodeAt(from) <= 32) from++;
  if (from >= to || text.charAt(from) === "}" || text.charAt(from) === "&") return { from, to: from, end: from, braced: false, open: false };
  if (text.charAt(from) === "{") {
    const close = closingBrace(text, from, to);
    return { from: from + 1, to: close, end: Math.min(close + 1, to), braced: true, open: close >= to };
  }
  let end = from + 1;
  if (text.charAt(from) === "\\") {
    while (end < to && /[A-Za-z]/.test(text.charAt(end))) end++;
    if (end === from + 1) end++;
  } else if ((text.codePointAt(from) as number) > 0xffff) end++;
  return { from, to: Math.min(end, to), end: Math.min(end, to), braced: false, open: false };
}

/** The body with its parameters filled in. */
export const substitute = (body: string, args: readonly string[]): string =>
  body.replace(/#([1-9])/g, (_, n: string) => {
    const a = args[Number(n) - 1] ?? "";
    return a.length > 1 ? `{${a}}` : a;
  });

/** Reads the definition that begins at `at` (at the backslash of \newcommand, \def, \DeclareMathOperator); null when it is malformed. */
export function readMacroDefinition(
  text: string,
  at: number,
  to: number,
): { readonly name: string; readonly macro: Macro; readonly end: number } | null {
  const command = /^\\[A-Za-z]+\*?/.exec(text.slice(at, at + 24))?.[0];
  if (!command) return null;
  const named = readArgument(text, at + command.length, to);
  const name = text.slice(named.from, named.to).trim();
  if (!/^\\([A-Za-z]+|.)$/.test(name)) return null;
  let from = named.end;
  let args = 0;
  if (command.startsWith("\\def")) {
    const params = /^(?:#\d)*/.exec(text.slice(from, from + 24))?.[0] ?? "";
    args = params.length / 2;
    from += params.length;
  } else {
    const count = /^\s*\[(\d)\]/.exec(text.slice(from, from + 12));
    if (count) {
      args = Number(count[1]);
      from += count[0].length;
    }
    // An optional first argument is not supported: the macro then keeps its default as that argument.
    const fallback = /^\s*\[([^\][]*)\]/.exec(text.slice(from, from + 200));
    if (fallback) {
      const body = readArgument(text, from + fallback[0].length, to);
      if (body.from === body.end) return null;
      const filled = text
        .slice(body.from, body.to)
        .replace(/#([1-9])/g, (_, n: string) => (n === "1" ? (fallback[1] as string) : `#${Number(n) - 1}`));
      return { name, macro: { args: Math.max(0, args - 1), body: filled }, end: body.end };
    }
  }
  const body = readArgument(text, from, to);
  if (body.from === body.end || body.open) return null;
  const inner = text.slice(body.from, body.to);
  return { name, macro: { args, body: command.startsWith("\\DeclareMathOperator") ? `\\operatorname{${inner}}` : inner }, end: body.end };
}

/** All macros a text defines, later ones first to be found. Linear. */
export function macrosOf(text: string): Macros {
  const found = new Map<string, Macro>();
  const pattern = /\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|def)(?![A-Za-z])/g;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    const definition = readMacroDefinition(text, m.index, text.length);
    if (!definition) continue;
    found.set(definition.name, definition.macro);
    pattern.lastIndex = definition.end;
  }
  return found;
}
