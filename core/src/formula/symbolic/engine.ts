// The bridge to @cortex-js/compute-engine: scalars as MathJSON, within a time limit, loaded on first use.
//
// Its answers are suggestions: every caller compares them with the question at sample points before they are shown.

import type { Expr } from "../../expr/index.js";
import { rational } from "../../linalg/index.js";
import { fromExpr, fromNumber } from "./fromExpr.js";
import { EngineNeeded, type SymbolicEngine } from "./interface.js";
import {
  call,
  divide,
  e,
  imaginary,
  infinity,
  minus,
  namesOf,
  nameTerm,
  negate,
  numTerm,
  one,
  parts,
  pi,
  power,
  productOf,
  size,
  sum,
  sumOf,
  type Term,
  times,
} from "./term.js";
import { toExpr } from "./toExpr.js";

type Json = number | string | { readonly num?: string; readonly sym?: string; readonly fn?: readonly Json[] } | readonly Json[];

const toHead: Readonly<Record<string, string>> = {
  ln: "Ln",
  sin: "Sin",
  cos: "Cos",
  tan: "Tan",
  cot: "Cot",
  sec: "Sec",
  csc: "Csc",
  arcsin: "Arcsin",
  arccos: "Arccos",
  arctan: "Arctan",
  sinh: "Sinh",
  cosh: "Cosh",
  tanh: "Tanh",
  coth: "Coth",
  sech: "Sech",
  csch: "Csch",
  arsinh: "Arsinh",
  arcosh: "Arcosh",
  artanh: "Artanh",
  abs: "Abs",
  sign: "Sign",
  floor: "Floor",
  ceil: "Ceil",
  max: "Max",
  min: "Min",
  factorial: "Factorial",
  gamma: "Gamma",
  digamma: "Digamma",
  erf: "Erf",
  binom: "Binomial",
  Re: "Real",
  Im: "Imaginary",
};
const fromHead: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(toHead).map(([k, v]) => [v, k])),
  Erfc: "erfc",
  Log: "log",
  Exp: "exp",
  Choose: "binom",
  Arccot: "arccot",
  Arcsec: "arcsec",
  Arccsc: "arccsc",
};

/** Most nodes handed over. */
const maxNodes = 600;
const timeLimit = 1_500;

const big = (n: bigint): Json => (n <= 9_007_199_254_740_991n && n >= -9_007_199_254_740_991n ? Number(n) : { num: n.toString() });

function write(t: Term, names: readonly string[]): Json | null {
  switch (t.k) {
    case "num":
      return t.r.den === 1n ? big(t.r.num) : ["Rational", big(t.r.num), big(t.r.den)];
    case "name":
      return `v${names.indexOf(t.name)}`;
    case "const":
      return { pi: "Pi", e: "ExponentialE", i: "ImaginaryUnit", inf: "PositiveInfinity", undefined: "Undefined" }[t.name];
    case "opaque":
      return null;
    default: {
      const inside = parts(t).map((p) => write(p, names));
      if (inside.some((x) => x === null)) return null;
      const args = inside as Json[];
      if (t.k === "sum") return ["Add", ...args];
      if (t.k === "product") return ["Multiply", write(numTerm(t.coef), names)!, ...args];
      if (t.k === "power") return ["Power", ...args];
      const head = toHead[t.name];
      return head ? [head, ...args] : null;
    }
  }
}

function read(j: Json, names: readonly string[]): Term | null {
  if (typeof j === "number") return Number.isFinite(j) ? fromNumber(j) : j > 0 ? infinity : null;
  if (typeof j === "string") {
    const v = /^v(\d+)$/.exec(j);
    if (v) return names[Number(v[1])] === undefined ? null : nameTerm(names[Number(v[1])]!);
    return (
      (
        {
          Pi: pi,
          ExponentialE: e,
          ImaginaryUnit: imaginary,
          PositiveInfinity: infinity,
          NegativeInfinity: negate(infinity),
          Half: numTerm(rational(1, 2)),
        } as Record<string, Term>
      )[j] ?? null
    );
  }
  if (!Array.isArray(j)) {
    const o = j as { num?: string; sym?: string; fn?: readonly Json[] };
    if (o.num !== undefined)
      return /^-?\d+$/.test(o.num) ? numTerm(rational(BigInt(o.num))) : Number.isFinite(Number(o.num)) ? fromNumber(Number(o.num)) : null;
    if (o.sym !== undefined) return read(o.sym, names);
    return o.fn ? read(o.fn, names) : null;
  }
  const [head, ...rest] = j as readonly Json[];
  const read1 = rest.map((x) => read(x, names));
  if (read1.some((x) => x === null)) return null;
  const a = read1 as Term[];
  switch (head) {
    case "Add":
      return sumOf(a);
    case "Multiply":
      return productOf(a);
    case "Subtract":
      return minus(a[0]!, a[1]!);
    case "Divide":
    case "Rational":
      return a[1]!.id === "0" ? null : divide(a[0]!, a[1]!);
    case "Negate":
      return negate(a[0]!);
    case "Power":
      return power(a[0]!, a[1]!);
    case "Root":
      return power(a[0]!, power(a[1]!, negate(one)));
    case "Sqrt":
      return power(a[0]!, numTerm(rational(1, 2)));
    case "Square":
      return times(a[0]!, a[0]!);
    case "Complex":
      return sum(a[0]!, times(imaginary, a[1]!));
    case "Delimiter":
    case "Hold":
      return a[0] ?? null;
    default: {
      const name = typeof head === "string" ? fromHead[head] : undefined;
      return name ? call(name, a) : null;
    }
  }
}

interface Boxed {
  readonly json: Json;
  evaluate(): Boxed;
  simplify(): Boxed;
  solve(names: string[]): readonly Boxed[] | null;
}
interface Library {
  readonly ComputeEngine: new () => { box(j: unknown): Boxed; timeLimit: number };
}

let loading: Promise<SymbolicEngine> | null = null;

/** Loads the library on first use (about half a second); loading again is free. */
export function loadSymbolicEngine(): Promise<SymbolicEngine> {
  loading ??= (import("@cortex-js/compute-engine") as unknown as Promise<Library>).then(wrap);
  return loading;
}

function wrap(library: Library): SymbolicEngine {
  const ce = new library.ComputeEngine();
  ce.timeLimit = timeLimit;
  const ask = (
    body: readonly Expr[],
    question: (parts: readonly Json[], names: readonly string[]) => Json,
    how: "evaluate" | "simplify" = "evaluate",
    bound: readonly string[] = [],
  ): Expr | null => {
    const terms = body.map((x) => fromExpr(x, bound));
    const names = [...new Set([...terms.flatMap(namesOf), ...bound])];
    if (terms.reduce((s, t) => s + size(t), 0) > maxNodes) return null;
    const written = terms.map((t) => write(t, names));
    if (written.some((x) => x === null)) return null;
    try {
      const t = read(ce.box(question(written as Json[], names))[how]().json, names);
      return t === null ? null : toExpr(t);
    } catch {
      // Time is up, or the library met something it does not handle: no answer.
      return null;
    }
  };
  return {
    antiderivative: (body, variable) => ask([body], ([f], names) => ["Integrate", f!, `v${names.indexOf(variable)}`], "evaluate", [variable]),
    simplify: (body) => ask([body], ([f]) => f!, "simplify"),
    factor: (body) => ask([body], ([f]) => ["Factor", f!]),
    sum: (body, variable, lower, upper) =>
      ask([body, lower, upper], ([f, a, b], names) => ["Sum", f!, ["Limits", `v${names.indexOf(variable)}`, a!, b!]], "evaluate", [variable]),
    limit: (body, variable, point) =>
      ask([body, point], ([f, p], names) => ["Limit", ["Function", f!, `v${names.indexOf(variable)}`], p!], "evaluate", [variable]),
    solve: (body, variable) => {
      const t = fromExpr(body, [variable]);
      const names = [...new Set([...namesOf(t), variable])];
      const f = size(t) > maxNodes ? null : write(t, names);
      if (f === null) return null;
      try {
        const found = ce.box(["Equal", f, 0]).solve([`v${names.indexOf(variable)}`]);
        const read1 = (found ?? []).map((b) => read(b.json, names));
        return read1.length === 0 || read1.some((x) => x === null) ? null : (read1 as Term[]).map(toExpr);
      } catch {
        return null;
      }
    },
  };
}

/** Runs `work`, and again with the engine when it turns out to be needed. */
export async function withEngine<T>(work: (engine?: SymbolicEngine) => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EngineNeeded)) throw error;
  }
  return work(await loadSymbolicEngine());
}
