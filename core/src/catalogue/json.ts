// Catalogue values as JSON and back: {rows, cols, data} for matrices, strings for what JSON numbers cannot say.

import { attempt, MathError, type Matrix, said } from "../linalg/index.js";
import type { Catalogue, Kind, Routine } from "./routine.js";

const NON_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  nan: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/** A JSON number, or one of the strings NaN, Infinity, -Infinity. */
export function decodeNumber(json: unknown, what = "a number"): number {
  if (typeof json === "number") return json;
  if (typeof json === "boolean") return json ? 1 : 0;
  if (typeof json === "string" && Object.hasOwn(NON_FINITE, json)) return NON_FINITE[json] as number;
  throw new MathError("domain", said`${what} must be a number, not ${JSON.stringify(json)?.slice(0, 60)}`);
}

/** A JSON list of numbers; also the data of a one-row or one-column matrix. */
export function decodeVector(json: unknown, what = "a vector"): Float64Array {
  const list = isMatrixJson(json) ? json.data : json;
  if (!Array.isArray(list)) throw new MathError("domain", said`${what} must be a list of numbers`);
  return Float64Array.from(list.flat(), (v) => decodeNumber(v, what));
}

interface MatrixJson {
  readonly rows: number;
  readonly cols?: number;
  readonly columns?: number;
  readonly data: readonly unknown[];
}

const isMatrixJson = (v: unknown): v is MatrixJson =>
  typeof v === "object" && v !== null && "rows" in v && "data" in v && ("cols" in v || "columns" in v);
const isComplexJson = (v: unknown): v is { re: unknown; im: unknown } => typeof v === "object" && v !== null && "re" in v && "im" in v;

function fromEntries(rows: number, columns: number, entries: readonly unknown[], what: string): Matrix {
  if (entries.length !== rows * columns) throw new MathError("length-mismatch", said`${what} has ${entries.length} entries for ${rows}×${columns}`);
  const data = new Float64Array(entries.length);
  let imag: Float64Array | undefined;
  entries.forEach((e, i) => {
    if (isComplexJson(e)) {
      imag ??= new Float64Array(entries.length);
      data[i] = decodeNumber(e.re, what);
      imag[i] = decodeNumber(e.im, what);
    } else data[i] = decodeNumber(e, what);
  });
  return imag ? { rows, columns, data, imag } : { rows, columns, data };
}

/** A matrix from {rows, cols, data}, from nested rows, from a list (a column), or from {re, im} of two matrices; entries may be {re, im}. */
export function decodeMatrix(json: unknown, what = "a matrix"): Matrix {
  if (isMatrixJson(json)) {
    const columns = json.cols ?? (json.columns as number);
    return fromEntries(json.rows, columns, Array.from(json.data).flat(), what);
  }
  if (isComplexJson(json) && typeof json.re === "object") {
    const [re, im] = [decodeMatrix(json.re, what), decodeMatrix(json.im, what)];
    return { rows: re.rows, columns: re.columns, data: re.data, imag: im.data };
  }
  if (Array.isArray(json)) {
    if (json.length > 0 && !Array.isArray(json[0])) return fromEntries(json.length, 1, json, what);
    const columns = (json[0] as unknown[] | undefined)?.length ?? 0;
    for (const row of json)
      if (!Array.isArray(row) || row.length !== columns) throw new MathError("shape-mismatch", said`the rows of ${what} differ in length`);
    return fromEntries(json.length, columns, json.flat(), what);
  }
  throw new MathError("domain", said`${what} must be {rows, cols, data} or nested rows`);
}

/** An argument of the given kind from JSON. */
export function decode(kind: Kind, json: unknown, what: string): unknown {
  switch (kind.type) {
    case "matrix":
      return decodeMatrix(json, what);
    case "vector":
      return decodeVector(json, what);
    case "integer":
    case "real": {
      const v = decodeNumber(json, what);
      if (kind.type === "integer" && !Number.isInteger(v)) throw new MathError("domain", said`${what} must be an integer, not ${v}`);
      if (kind.min !== undefined && v < kind.min) throw new MathError("domain", said`${what} must be at least ${kind.min}, not ${v}`);
      if (kind.max !== undefined && v > kind.max) throw new MathError("domain", said`${what} must be at most ${kind.max}, not ${v}`);
      return v;
    }
    case "boolean":
      if (typeof json !== "boolean") throw new MathError("domain", said`${what} must be true or false`);
      return json;
    case "string":
      return String(json);
    case "option":
      if (!kind.values.includes(String(json)))
        throw new MathError("domain", said`${what} must be one of ${kind.values.join(", ")}, not ${String(json).slice(0, 40)}`);
      return String(json);
    case "indices":
      return Array.from(decodeVector(json, what));
    case "list":
      if (!Array.isArray(json)) throw new MathError("domain", said`${what} must be a list`);
      return json.map((x, i) => decode(kind.of, x, `${what}[${i}]`));
    case "record": {
      const source = (json ?? {}) as Record<string, unknown>;
      return Object.fromEntries(Object.entries(kind.fields).map(([k, of]) => [k, decode(of, source[k], `${what}.${k}`)]));
    }
    case "json":
      return json;
  }
}

/** Any plain result as JSON: matrices as {rows, cols, data}, typed arrays as lists, non-finite numbers as strings. */
export function encode(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  if (typeof value === "bigint") return Number(value);
  if (value === null || value === undefined || typeof value !== "object") return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, encode);
  if (Array.isArray(value)) return value.map(encode);
  if (isMatrix(value)) {
    const { imag } = value;
    const data = imag ? Array.from(value.data, (re, i) => ({ re: encode(re), im: encode(imag[i]) })) : encode(value.data);
    return { rows: value.rows, cols: value.columns, data };
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, encode(v)]));
}

/** True for the plain data of a Matrix. */
export const isMatrix = (v: unknown): v is Matrix =>
  typeof v === "object" && v !== null && "rows" in v && "columns" in v && (v as Matrix).data instanceof Float64Array;

/** The arguments of a routine from JSON by parameter name; defaults fill what is missing. */
export function decodeArguments(entry: Routine, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const p of entry.params) {
    const given = input[p.name];
    if (given !== undefined && given !== null) args[p.name] = decode(p.kind, given, p.name);
    else if (p.default !== undefined) args[p.name] = p.default;
    else throw new MathError("arity", said`${entry.name} needs ${p.name}`);
  }
  return args;
}

/**
 * Reference input as its alias reads it: the strings NaN and Infinity are numbers, and the argument read last is remembered, so that a failure can name it.
 * A value may be any JSON: aliases check what they read with decodeMatrix and the like, and `attempt` reports the rest.
 */
function tracked(input: Readonly<Record<string, unknown>>): { input: Readonly<Record<string, unknown>>; last(): string | undefined } {
  let last: string | undefined;
  const read = (target: Record<string, unknown>, key: string | symbol): unknown => {
    const value = Object.hasOwn(target, key) ? target[key as string] : undefined;
    if (typeof key === "string") last = key;
    return typeof value === "string" && Object.hasOwn(NON_FINITE, value) ? NON_FINITE[value] : value;
  };
  return { input: new Proxy({ ...input }, { get: read }), last: () => last };
}

/** The arguments of an alias that is the routine's own name: what is missing has the routine's default, numbers are checked as its own are. */
function ownArguments(entry: Routine, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const filled: Record<string, unknown> = { ...input };
  for (const { name, kind, default: fallback } of entry.params) {
    const given = input[name];
    if (given === undefined || given === null) {
      if (fallback !== undefined) filled[name] = fallback;
    } else if (kind.type === "integer" || kind.type === "real") decode(kind, given, name);
  }
  return filled;
}

/** Calls a routine by its own name or by the name reference data use, JSON in, JSON out. Throws MathError for an unknown name. */
export function callRoutine(catalogue: Catalogue, name: string, input: Readonly<Record<string, unknown>>): unknown {
  for (const known of catalogue.names()) {
    const entry = catalogue.find(known);
    const { reference: aliases, referenceMark: mark } = entry ?? {};
    const own = known === name && mark !== undefined && !Object.hasOwn(input, mark);
    if (entry && aliases && Object.hasOwn(aliases, name) && !own) {
      const given = tracked(known === name ? ownArguments(entry, input) : input);
      return encode(attempt(name, () => (aliases[name] as (input: unknown) => unknown)(given.input), given.last));
    }
  }
  const entry = catalogue.find(name);
  if (!entry) throw new MathError("unsupported", said`no routine named "${name}"`);
  const args = decodeArguments(entry, input);
  return encode(attempt(name, () => entry.compute(args)));
}
