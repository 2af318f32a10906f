// Python: NumPy, PyTorch, JAX, TensorFlow and SymPy source, the arrays and tensors they print, and expressions over them.

import type { Sentence } from "../expr/index.js";
import type { Format, Parsed, ParseOptions } from "./format.js";
import type { Token } from "./grammar/index.js";
import { findDots, stripConsole } from "./python/console.js";
import { pythonDialect } from "./python/dialect.js";
import { looksLikeFrame, printedFrame } from "./python/pandas.js";
import { PythonParser } from "./python/parser.js";
import { checkBrackets, dropNewlines } from "./shared/brackets.js";
import { contentRange, only, truncationHint } from "./shared/build.js";
import type { CodeDialect } from "./shared/dialect.js";
import { lex, straighten } from "./shared/lexer.js";
import { printPython } from "./shared/print.js";

export function parsePython(
  text_: string,
  options: ParseOptions,
  dialect: CodeDialect = pythonDialect,
  Parser: new (text: string, tokens: readonly Token[], dialect: CodeDialect, options: ParseOptions) => { program(): Parsed } = PythonParser,
): Parsed {
  contentRange(text_);
  const plain = stripConsole(straighten(text_));
  if (dialect.format === "python" && looksLikeFrame(plain)) {
    const notes: Sentence[] = [];
    const frame = printedFrame(plain, notes);
    if (frame) return only(frame, notes);
  }
  findDots(plain, truncationHint("python", /\btensor\(/.test(plain)));
  const tokens = lex(plain, dialect.lexer);
  checkBrackets(tokens);
  return new Parser(plain, dropNewlines(tokens, false), dialect, options).program();
}

export const python: Format = {
  name: "python",
  title: "Python (NumPy, PyTorch, JAX)",
  languages: ["python"],
  detect(t) {
    if (looksLikeFrame(t)) return 3;
    if (
      /\b(?:np|numpy|torch|jnp|tf|pd)\.\w|\b(?:array|tensor|asarray|DeviceArray|Array|Matrix)\(\s*\[|^\s*(?:>>>|Out\s?\[|Parameter containing)|<tf\./.test(
        t,
      )
    )
      return 3;
    if (/^\s*\[+\s*[-+\d.nit][^,;|={}]*\]\s*$/i.test(t.length > 20000 ? t.slice(0, 20000) : t) && /\]\s*\n?\s*\[|^\s*\[[^\]]*\]\s*$/.test(t))
      return 2;
    return /\*\*|\s@\s|\.T\b|\[.*\]|\blambda\b|\bTrue\b|\bFalse\b|\/\//.test(t.slice(0, 4000)) ? 1 : 0;
  },
  parse: (t, options = {}) => parsePython(t, options),
  print: printPython,
};
