// A call of a catalogue routine: values become its parameters, its result becomes a value.

import type { Kind, Param, Routine } from "../../catalogue/index.js";
import { type CallExpr, fail, matrixValue, type Range, realValue, said, type Value, vectorValue } from "../../expr/index.js";
import { attempt, type Matrix } from "../../linalg/index.js";
import type { Context } from "../context.js";
import { entries, isVectorLike, scalarOf, shapeText, toMatrix } from "./array.js";
import { mathematics } from "./linear.js";
import { integer, isReal, re, toInteger } from "./scalar.js";

/** Work beyond this many operations is refused before it starts. */
const maxCost = 5e11;

/** Calls a routine with positional and named arguments. Errors name the parameter and its limits. */
export function catalogueCall(
  routine: Routine,
  args: readonly Value[],
  named: Readonly<Record<string, Value>>,
  call: CallExpr,
  context: Context,
): Value {
  const { params } = routine;
  const required = params.filter((p) => p.default === undefined).length;
  const signature = `${routine.name}(${params.map((p) => (p.default === undefined ? p.name : `${p.name}=…`)).join(", ")})`;
  if (args.length > params.length || args.length + Object.keys(named).length < required)
    return fail(
      "arity",
      said`${routine.name} takes ${required === params.length ? required : `${required} to ${params.length}`} arguments, not ${args.length}`,
      call.range,
      signature,
    );
  for (const key of Object.keys(named))
    if (!params.some((p) => p.name === key)) fail("arity", said`${routine.name} has no parameter ${key}`, call.range, signature);
  const input: Record<string, unknown> = {};
  params.forEach((p, k) => {
    const value = args[k] ?? named[p.name];
    if (value !== undefined) input[p.name] = toParameter(value, p.kind, p, (call.args[k] ?? call.named?.[p.name] ?? call).range);
    else if (p.default !== undefined) input[p.name] = p.default;
    else fail("missing-argument", said`${routine.name} needs ${p.name}`, call.range, signature);
  });
  const cost = routine.cost?.(input) ?? 0;
  if (cost > maxCost)
    return fail("too-large", said`${routine.name} would take about ${cost.toExponential(1)} operations`, call.range, "Use a smaller matrix");
  context.budget.check();
  return toValue(
    mathematics(call.range, () => attempt(routine.name, () => routine.compute(input))),
    routine.result,
  );
}

function toParameter(v: Value, kind: Kind, p: Param, range: Range): unknown {
  const wrong = (wanted: string): never => fail("domain", said`${p.name} must be ${wanted}, not ${shapeText(v)}`, range);
  const number = (): number => {
    const s = scalarOf(v);
    return s && isReal(s) ? re(s) : wrong("a real number");
  };
  switch (kind.type) {
    case "matrix":
      return v.kind === "array" || scalarOf(v) ? toMatrix(v, range) : wrong("a matrix");
    case "vector": {
      if (v.kind === "array" && isVectorLike(v)) return v.data;
      const s = scalarOf(v);
      return s ? Float64Array.of(re(s)) : wrong("a vector");
    }
    case "integer": {
      const s = scalarOf(v);
      const n = s ? toInteger(s) : null;
      return n === null ? wrong("a whole number") : within(n, kind, p, range);
    }
    case "real":
      return within(number(), kind, p, range);
    case "boolean": {
      if (v.kind === "boolean") return v.value;
      return number() !== 0;
    }
    case "string":
      return v.kind === "string" ? v.value : wrong("a text");
    case "option": {
      const text =
        v.kind === "string"
          ? v.value
          : v.kind === "symbolic" && v.expr.kind === "name"
            ? v.expr.name.replace(/^\\(?:text|mathrm)\{(.*)\}$/, "$1")
            : wrong(`one of ${kind.values.join(", ")}`);
      return kind.values.includes(text) ? text : fail("domain", said`${p.name} must be one of ${kind.values.join(", ")}, not ${text}`, range);
    }
    case "indices":
      return v.kind === "array"
        ? entries(v).map((s) => (toInteger(s) ?? wrong("a list of whole numbers")) - 1)
        : [(toInteger(scalarOf(v) ?? wrong("a list of whole numbers")) ?? 1) - 1];
    case "list": {
      const of = kind.of;
      if (v.kind === "list") return v.items.map((x) => toParameter(x, of, p, range));
      if (v.kind === "array" && v.shape.length === 1) return entries(v).map((x) => toParameter(x, of, p, range));
      return [toParameter(v, of, p, range)];
    }
    case "record":
      return v.kind === "record"
        ? Object.fromEntries(
            Object.entries(kind.fields).map(([name, k]) => [name, toParameter(v.fields[name] ?? wrong(`a record with ${name}`), k, p, range)]),
          )
        : wrong("a record");
    case "json":
      return toPlain(v);
  }
}

function within(n: number, limits: { readonly min?: number; readonly max?: number }, p: Param, range: Range): number {
  if (limits.min !== undefined && n < limits.min) return fail("domain", said`${p.name} must be at least ${limits.min}, not ${n}`, range);
  if (limits.max !== undefined && n > limits.max) return fail("domain", said`${p.name} must be at most ${limits.max}, not ${n}`, range);
  return n;
}

function toPlain(v: Value): unknown {
  const s = scalarOf(v);
  if (v.kind !== "array" && s) return isReal(s) ? re(s) : { re: s.re, im: s.im };
  if (v.kind === "array")
    return v.shape.length === 2
      ? Array.from({ length: v.shape[0] as number }, (_, i) =>
          Array.from(v.data.subarray(i * (v.shape[1] as number), (i + 1) * (v.shape[1] as number))),
        )
      : Array.from(v.data);
  if (v.kind === "list") return v.items.map(toPlain);
  if (v.kind === "record") return Object.fromEntries(Object.entries(v.fields).map(([k, x]) => [k, toPlain(x)]));
  return v.kind === "string" || v.kind === "boolean" ? v.value : null;
}

const isMatrix = (x: unknown): x is Matrix => typeof x === "object" && x !== null && "rows" in x && "columns" in x && "data" in x;

/** What a routine answered, by its declared kind and what it is. Indices count from 1 in formulas. */
export function toValue(result: unknown, kind: Kind): Value {
  if (kind.type === "indices" && (Array.isArray(result) || ArrayBuffer.isView(result)))
    return vectorValue(Array.from(result as ArrayLike<number>, (x) => x + 1));
  if (kind.type === "integer" && typeof result === "number" && Number.isSafeInteger(result)) return integer(result);
  if (kind.type === "record" && typeof result === "object" && result !== null && !isMatrix(result)) {
    const fields: Record<string, Value> = {};
    for (const [name, value] of Object.entries(result))
      if (value !== undefined && typeof value !== "function") fields[name] = toValue(value, kind.fields[name] ?? { type: "json" });
    return { kind: "record", fields };
  }
  if (kind.type === "list" && Array.isArray(result)) return { kind: "list", items: result.map((x) => toValue(x, kind.of)) };
  return plainValue(result);
}

function plainValue(x: unknown): Value {
  if (typeof x === "number") return realValue(x);
  if (typeof x === "bigint") return integer(x);
  if (typeof x === "boolean") return { kind: "boolean", value: x };
  if (typeof x === "string") return { kind: "string", value: x };
  if (isMatrix(x)) return matrixValue(x);
  if (ArrayBuffer.isView(x)) return vectorValue(Array.from(x as unknown as ArrayLike<number>));
  if (Array.isArray(x)) {
    if (x.every((v) => typeof v === "number")) return vectorValue(x as number[]);
    const width = Array.isArray(x[0]) ? x[0].length : -1;
    if (width > 0 && x.every((r) => Array.isArray(r) && r.length === width && r.every((v) => typeof v === "number")))
      return { kind: "array", shape: [x.length, width], data: Float64Array.from((x as number[][]).flat()) };
    return { kind: "list", items: x.map(plainValue) };
  }
  if (typeof x === "object" && x !== null) {
    if ("re" in x && "im" in x && typeof x.re === "number" && typeof x.im === "number")
      return x.im === 0 ? realValue(x.re) : { kind: "complex", re: x.re, im: x.im };
    return {
      kind: "record",
      fields: Object.fromEntries(
        Object.entries(x)
          .filter(([, v]) => v !== undefined && typeof v !== "function")
          .map(([k, v]) => [k, plainValue(v)]),
      ),
    };
  }
  return { kind: "string", value: "" };
}
