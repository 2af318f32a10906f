// JSON: nested arrays, or an object with exactly one numeric array in it.

import { type Expr, fail, type Range, type Sentence, said } from "../expr/index.js";
import type { Format } from "./format.js";
import { call, contentRange, number, only } from "./shared/build.js";
import { scanNested } from "./shared/nested.js";
import { scanNumber } from "./shared/number.js";
import { nested, printer } from "./shared/print.js";
import { checkNested } from "./shared/shape.js";

interface Field {
  readonly key: string;
  readonly value: Expr;
}

const words: Readonly<Record<string, number>> = { null: Number.NaN, NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, true: 1, false: 0 };

class JsonReader {
  at = 0;
  depth = 0;
  readonly notes: Sentence[] = [];
  constructor(readonly text: string) {}

  space(): void {
    while (this.text.charCodeAt(this.at) <= 32 || this.text.charCodeAt(this.at) === 0xfeff) this.at++;
  }

  value(open?: number): Expr {
    this.space();
    const { text, at } = this;
    const c = text[at];
    if (c === undefined) return open === undefined ? fail("unexpected-end", "a value is missing", [Math.max(0, at - 1), at]) : this.unclosed(open);
    if (++this.depth > 256) fail("too-large", "nested more than 256 levels deep", [at, at + 1]);
    const e = c === "[" ? this.array() : c === "{" ? this.object() : c === '"' || c === "'" ? this.string() : this.scalar();
    this.depth--;
    return e;
  }

  private unclosed(open: number): never {
    const close = this.text[open] === "[" ? "]" : "}";
    return fail("unbalanced", said`"${this.text[open]}" is never closed by "${close}"`, [open, open + 1], said`add "${close}"`);
  }

  private array(): Expr {
    const start = this.at++;
    const items: Expr[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === "]") break;
      if (this.text[this.at] === ",") fail("unexpected-token", "a comma with no value before it", [this.at, this.at + 1]);
      items.push(this.value(start));
      this.space();
      if (this.text[this.at] === ",") this.at++;
      else if (this.text[this.at] !== "]") {
        if (this.text[this.at] === undefined) this.unclosed(start);
        if (this.text[this.at] === "}") fail("unbalanced", '"[" is closed by "}"', [this.at, this.at + 1]);
        fail("unexpected-token", said`expected "," or "]" but found "${this.text[this.at]}"`, [this.at, this.at + 1]);
      }
    }
    this.at++;
    return { kind: "array", items, range: [start, this.at] };
  }

  /** The one numeric array of an object; {shape, data} and {re, im} keep their meaning. */
  private object(): Expr {
    const start = this.at++;
    const fields: Field[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === "}") break;
      if (this.text[this.at] === undefined) this.unclosed(start);
      const key = this.text[this.at] === '"' ? this.string() : fail("unexpected-token", "expected a key in quotes", [this.at, this.at + 1]);
      this.space();
      if (this.text[this.at] !== ":") fail("unexpected-token", 'expected ":" after the key', [this.at, this.at + 1]);
      this.at++;
      fields.push({ key: (key as { value: string }).value, value: this.value(start) });
      this.space();
      if (this.text[this.at] === ",") this.at++;
      else if (this.text[this.at] !== "}") {
        if (this.text[this.at] === undefined) this.unclosed(start);
        fail("unexpected-token", said`expected "," or "}" but found "${this.text[this.at]}"`, [this.at, this.at + 1]);
      }
    }
    this.at++;
    const range: Range = [start, this.at];
    return this.pick(fields, range);
  }

  private pick(fields: readonly Field[], range: Range): Expr {
    const field = (key: string) => fields.find((f) => f.key === key)?.value;
    const [re, im] = [field("re") ?? field("real"), field("im") ?? field("imag")];
    if (fields.length === 2 && re?.kind === "number" && im?.kind === "number")
      return { kind: "binary", op: "add", left: re, right: { ...im, imaginary: true }, range };
    const [shape, data] = [field("shape"), field("data")];
    if (shape?.kind === "array" && data?.kind === "array" && data.items.every((e) => e.kind === "number"))
      return call("reshape", [data, ...shape.items], range);
    const arrays = fields.filter((f) => f.value.kind === "array" && isNumeric(f.value));
    if (arrays.length === 1) {
      if (fields.length > 1) this.notes.push(said`the field "${arrays[0]?.key}" is read`);
      return arrays[0]?.value as Expr;
    }
    if (arrays.length > 1)
      return fail(
        "unsupported",
        said`the object has ${arrays.length} numeric arrays: ${arrays.map((a) => a.key).join(", ")}`,
        range,
        "select one of them",
      );
    const numbers = fields.filter((f) => f.value.kind === "number" || f.value.kind === "unary");
    // A record of numbers is a row of a table.
    if (numbers.length > 0) return { kind: "array", items: numbers.map((f) => f.value), range };
    return fail("non-numeric", "the object holds no numeric array", range);
  }

  private string(): Expr {
    const start = this.at++;
    const quote = this.text[start] as string;
    let value = "";
    while (this.text[this.at] !== quote) {
      if (this.at >= this.text.length || this.text[this.at] === "\n") fail("unbalanced", "the string is never closed", [start, start + 1]);
      if (this.text[this.at] === "\\") this.at++;
      value += this.text[this.at++] ?? "";
    }
    this.at++;
    return { kind: "string", value, range: [start, this.at] };
  }

  private scalar(): Expr {
    const { text } = this;
    const start = this.at;
    const sign = text[start] === "-" || text[start] === "+" ? 1 : 0;
    const n = scanNumber(text, start + sign, {});
    let e: Expr;
    if (n) {
      this.at = n.end;
      e = number(n.value, [start + sign, n.end], n.exact);
    } else {
      const m = /[A-Za-z_$][\w$]*/y;
      m.lastIndex = start + sign;
      const word = m.exec(text)?.[0];
      if (!word) {
        if (text.startsWith("...", start) || text[start] === "…")
          fail(
            "truncated",
            "the text is shortened: `...` stands for numbers that are missing",
            [start, start + (text[start] === "…" ? 1 : 3)],
            "copy the whole array",
          );
        fail(text[start] === "]" || text[start] === "}" ? "unbalanced" : "unexpected-token", said`expected a value but found "${text[start]}"`, [
          start,
          start + 1,
        ]);
      }
      this.at = start + sign + (word as string).length;
      const value = Object.hasOwn(words, word as string)
        ? (words[word as string] as number)
        : fail("non-numeric", said`"${word}" is not a number`, [start, this.at]);
      e = number(value, [start + sign, this.at], Number.isFinite(value) ? { num: BigInt(value), den: 1n } : undefined);
    }
    return text[start] === "-" ? { kind: "unary", op: "negate", operand: e, range: [start, this.at] } : e;
  }
}

/** Whether the first leaf of a nested list is a number. */
function isNumeric(e: Expr): boolean {
  let at: Expr | undefined = e;
  while (at?.kind === "array") at = at.items[0];
  return at !== undefined && at.kind !== "string";
}

export const json: Format = {
  name: "json",
  title: "JSON",
  languages: ["json", "jsonc", "jsonl"],
  detect: (t) =>
    /^\s*\[\s*\[[^;]*,[^;]*\]\s*\]\s*$/.test(t.length > 20000 ? `${t.slice(0, 9000)}${t.slice(-9000)}` : t)
      ? 2
      : /^\s*[[{]\s*(?:["[\-\d]|null)/.test(t)
        ? /^\s*\[[-+\d.eE,\s]*,[-+\d.eE,\s]*\]\s*$/.test(t.slice(0, 20000))
          ? 2
          : 1
        : 0,
  parse(t) {
    const [start] = contentRange(t);
    if (t[start] === "[") {
      const fast = scanNested(t, start, { open: "[", close: "]", separator: ",", hint: "" });
      if (fast && t.slice(fast.end).trim() === "") return only(fast.literal);
    }
    const reader = new JsonReader(t);
    const e = reader.value();
    reader.space();
    if (reader.at < t.length) {
      const c = t[reader.at] as string;
      fail(
        c === "]" || c === "}" ? "unbalanced" : "unexpected-token",
        c === "]" || c === "}" ? said`"${c}" closes nothing` : said`unexpected "${c}" after the value`,
        [reader.at, reader.at + 1],
      );
    }
    checkNested(e);
    return only(e, reader.notes);
  },
  print: printer({ nan: "null", inf: null, imaginary: null, fraction: null, true: "true", false: "false", ...nested("[", "]") }),
};
