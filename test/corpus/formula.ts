// Runs a file of formula cases through the evaluator and scores the answers with the judge.

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { catalogue } from "../../core/src/catalogue/index.js";
import type { ArrayValue, Value } from "../../core/src/expr/index.js";
import type { FormatName } from "../../core/src/formats/index.js";
import { type Answer, type Command, exactText, type Host, type Request, run } from "../../core/src/formula/index.js";
import { rationalText, rationalToNumber } from "../../core/src/linalg/index.js";
// @ts-expect-error the judge is plain JavaScript
import { judge, table } from "../tools/judge-formula.mjs";

interface Case {
  readonly id: string;
  readonly category: string;
  readonly language: FormatName | "auto";
  readonly input: string;
  readonly definitions?: readonly string[];
  readonly command?: Command;
  readonly params?: Record<string, unknown>;
  readonly expected: Expected;
  readonly tolerance?: number;
  readonly tags?: readonly string[];
}

interface Expected {
  readonly type: string;
  readonly samples?: readonly { readonly at: Record<string, number> }[];
  readonly exact?: unknown;
  readonly mustEqual?: string;
  readonly mustNotEqual?: string;
  readonly items?: readonly Expected[];
  readonly roots?: readonly Expected[];
  readonly solutions?: Record<string, Expected>;
  readonly [key: string]: unknown;
}

type Candidate = Record<string, unknown>;

const host: Host = { catalogue, clock: () => performance.now() };
const timeout = 6000;

const number = (x: number): number | string =>
  Number.isNaN(x) ? "nan" : x === Number.POSITIVE_INFINITY ? "inf" : x === Number.NEGATIVE_INFINITY ? "-inf" : x;

function nested(flat: readonly unknown[], shape: readonly number[]): unknown {
  if (shape.length <= 1) return flat;
  const [n, ...rest] = shape as [number, ...number[]];
  const size = flat.length / Math.max(n, 1);
  return Array.from({ length: n }, (_, k) => nested(flat.slice(k * size, (k + 1) * size), rest));
}

function matrix(v: ArrayValue): Candidate {
  const data = Array.from(v.data, (x, k) => (v.imag?.[k] ? { re: number(x), im: number(v.imag[k] as number) } : number(x)));
  return { kind: "matrix", shape: v.shape, data: nested(data, v.shape), ...(v.exact && { exact: nested(v.exact.map(rationalText), v.shape) }) };
}

/** The judge evaluates symbolic answers at sample points, synchronously: they are computed before it is asked. */
async function symbolic(
  v: Extract<Value, { kind: "symbolic" }>,
  latex: string,
  samples: readonly Record<string, number>[],
  c: Case,
  expected: Expected,
): Promise<Candidate> {
  const known = new Map<string, Candidate | null>();
  for (const at of [{}, ...samples]) {
    const definitions = Object.entries(at).map(([name, value]) => `${name}=${value < 0 ? `(${plain(value)})` : plain(value)}`);
    const a = await run({ input: latex, language: "latex", definitions, command: "numeric", timeout }, host);
    known.set(JSON.stringify(at), a.ok ? await candidate(a.value, a.latex, [], c, {} as Expected) : null);
  }
  const out: Candidate = { kind: "symbolic", latex, evalAt: (at: unknown) => known.get(JSON.stringify(at)) ?? null, top: top(v), nodes: undefined };
  if (expected.type === "noncommutative") {
    const same = new Map<string, boolean>();
    for (const other of [expected.mustEqual, expected.mustNotEqual]) {
      if (other === undefined) continue;
      const a = await run(
        { input: c.input, language: c.language, definitions: c.definitions ?? [], command: "equivalent", params: { to: other }, timeout },
        host,
      );
      same.set(other, a.ok && a.value.kind === "boolean" && a.value.value);
    }
    out["sameAs"] = (other: string) => same.get(other) ?? false;
  }
  return out;
}

const plain = (x: number): string => (/e/.test(`${x}`) ? x.toFixed(20) : `${x}`);

function top(v: Extract<Value, { kind: "symbolic" }>): string | undefined {
  const e = v.expr;
  if (e.kind !== "binary") return undefined;
  if (e.op === "add" || e.op === "subtract") return "sum";
  return e.op === "multiply" || e.op === "divide" || e.op === "dot" || e.op === "power" ? "product" : undefined;
}

async function candidate(v: Value, latex: string, samples: readonly Record<string, number>[], c: Case, expected: Expected): Promise<Candidate> {
  const inner = (x: Value, e?: Expected) =>
    print(x).then((text) =>
      candidate(
        x,
        text,
        (e?.samples ?? []).map((s) => s.at),
        c,
        e ?? ({} as Expected),
      ),
    );
  switch (v.kind) {
    case "rational":
      return { kind: "number", value: rationalToNumber(v), exact: rationalText(v) };
    case "real":
      return { kind: "number", value: number(v.value) };
    case "complex":
      return { kind: "complex", re: v.re, im: v.im };
    case "boolean":
      return { kind: "boolean", value: v.value };
    case "string":
      return { kind: "language", value: v.value };
    case "array":
      return matrix(v);
    case "list": {
      const wanted = expected.items ?? expected.roots;
      const all = (wanted ?? []).flatMap((e) => (e.samples ?? []).map((s) => s.at));
      const items = await Promise.all(
        v.items.map(async (x, k) => candidate(x, await print(x), wanted ? all : [], c, wanted?.[k] ?? ({} as Expected))),
      );
      return { kind: "list", items };
    }
    case "record": {
      const values: Record<string, Candidate> = {};
      for (const [name, x] of Object.entries(v.fields)) values[name] = await inner(x, expected.solutions?.[name]);
      return { kind: "record", values };
    }
    case "solutions":
      return {
        kind: "solutions",
        values: await Promise.all(v.values.map((x) => inner(x))),
        exact: v.values.every((x) => x.kind === "rational") ? v.values.map((x) => (x.kind === "rational" ? rationalText(x) : "")) : undefined,
      };
    case "factorization":
      return { kind: "factorization", factors: v.factors.map((f) => [Number(f.base), f.exponent]) };
    case "function":
      return { kind: "function" };
    case "symbolic":
      return symbolic(v, latex, samples, c, expected);
  }
}

/** The LaTeX of a value inside another. */
const print = async (v: Value): Promise<string> => (await import("../../core/src/formula/print.js")).printValue(v, "latex");

async function answered(c: Case): Promise<{ readonly candidate: Candidate; readonly ms: number }> {
  const request: Request = {
    input: c.input,
    language: c.language,
    definitions: c.definitions ?? [],
    timeout,
    ...(c.command && { command: c.command }),
    ...(c.params && { params: c.params }),
  };
  const start = performance.now();
  const answer: Answer = c.expected.type === "language" ? await run({ ...request, command: "detect" }, host) : await run(request, host);
  const ms = performance.now() - start;
  if (!answer.ok) return { candidate: { kind: "error", errorKind: answer.error.kind, message: answer.error.message, range: answer.error.range }, ms };
  const samples = (c.expected.samples ?? []).map((x) => x.at);
  const got = await candidate(answer.value, answer.latex, samples, c, c.expected);
  const exact = exactText(answer.value);
  return { candidate: exact === undefined ? got : { ...got, exact }, ms };
}

const percent = (a: number, b: number): string => `${a} of ${b}${b > 0 ? ` (${((100 * a) / b).toFixed(1)} %)` : ""}`;
const groups: readonly (readonly [string, RegExp])[] = [
  ["LaTeX values", /^latex/],
  ["symbolic", /^sym/],
  ["literals", /^lit/],
  ["code expressions", /^code/],
  ["bad input flagged", /^bad/],
  ["detection", /^detect/],
];

/** Runs every case of a file, prints each failing one and the scores. */
export async function runFormula(file: string): Promise<{ readonly passed: number; readonly failed: number }> {
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };
  const rows: {
    c: Case;
    r: { pass: boolean; why: string; ms: number; kindOk?: boolean; rangeOk?: boolean; mentionOk?: boolean; exact?: boolean; timeout?: boolean };
  }[] = [];
  for (const c of cases) {
    const { candidate: got, ms } = await answered(c);
    const r = { ...judge(c, got), ms };
    if (ms > timeout) {
      r.pass = false;
      r.timeout = true;
      r.why = `took ${ms.toFixed(0)} ms`;
    }
    rows.push({ c, r });
    if (!r.pass)
      console.log(
        `FAIL ${c.id}  ${JSON.stringify(c.input).slice(0, 160)}\n     expected ${JSON.stringify(c.expected).slice(0, 200)}\n     came     ${shown(got)}  (${r.why})`,
      );
    else if (r.kindOk === false || r.rangeOk === false || r.mentionOk === false)
      console.log(`kind/range ${c.id}  ${JSON.stringify(c.input).slice(0, 100)} expected ${JSON.stringify(c.expected)} came ${shown(got)}`);
    else if (r.exact === false)
      console.log(
        `inexact ${c.id}  ${JSON.stringify(c.input).slice(0, 100)} expected ${JSON.stringify(c.expected.exact)} came ${JSON.stringify(got["exact"])} ${String(got["latex"] ?? "")}`,
      );
  }
  console.log(`\n${table(rows)}`);
  for (const [name, pattern] of groups) {
    const some = rows.filter(({ c }) => pattern.test(c.category));
    if (some.length > 0) console.log(`${name.padEnd(20)}${percent(some.filter(({ r }) => r.pass).length, some.length)}`);
  }
  const score = (name: string, key: "kindOk" | "rangeOk" | "mentionOk" | "exact"): void => {
    const some = rows.filter(({ r }) => r[key] !== undefined);
    if (some.length > 0) console.log(`${name.padEnd(20)}${percent(some.filter(({ r }) => r[key]).length, some.length)}`);
  };
  score("kind", "kindOk");
  score("range", "rangeOk");
  score("mention", "mentionOk");
  score("exact", "exact");
  const times = rows.map(({ r }) => r.ms).sort((a, b) => a - b);
  console.log(
    `time                median ${times[times.length >> 1]?.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} ms, most ${times.at(-1)?.toFixed(0)} ms\n`,
  );
  const passed = rows.filter(({ r }) => r.pass).length;
  return { passed, failed: rows.length - passed };
}

const shown = (c: Candidate): string => JSON.stringify(c, (_, v) => (typeof v === "bigint" ? `${v}` : v)).slice(0, 260);
