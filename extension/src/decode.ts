// Decoders of plain data: each says in one place what a message looks like, gives its type, and refuses everything else.

/** Returns the value when it is what the decoder describes, and throws DecodeError otherwise. */
export type Decoder<T> = (value: unknown, path?: string) => T;
/** The type a decoder describes. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

function refuse(path: string, wanted: string): never {
  throw new DecodeError(`${path || "message"}: expected ${wanted}`);
}

const LONGEST_TEXT = 1 << 26; // 64 Mi characters: the largest document that is ever sent
const LONGEST_LIST = 1 << 16;

export const text: Decoder<string> = (v, path = "") =>
  typeof v === "string" && v.length <= LONGEST_TEXT ? v : refuse(path, "a text of at most 64 Mi characters");

/** A text of at most `longest` characters. */
export const shortText =
  (longest = 4096): Decoder<string> =>
  (v, path = "") =>
    typeof v === "string" && v.length <= longest ? v : refuse(path, `a text of at most ${longest} characters`);

export const flag: Decoder<boolean> = (v, path = "") => (typeof v === "boolean" ? v : refuse(path, "true or false"));

/** A finite integer within limits. */
export const integer =
  (least = 0, greatest = Number.MAX_SAFE_INTEGER): Decoder<number> =>
  (v, path = "") =>
    typeof v === "number" && Number.isInteger(v) && v >= least && v <= greatest ? v : refuse(path, `an integer from ${least} to ${greatest}`);

/** Any number; NaN and the infinities are values of mathematics and pass. */
export const real: Decoder<number> = (v, path = "") => (typeof v === "number" ? v : refuse(path, "a number"));

export const finite =
  (least = -Number.MAX_VALUE, greatest = Number.MAX_VALUE): Decoder<number> =>
  (v, path = "") =>
    typeof v === "number" && v >= least && v <= greatest ? v : refuse(path, `a number from ${least} to ${greatest}`);

export const literal =
  <const T extends string | boolean>(wanted: T): Decoder<T> =>
  (v, path = "") =>
    v === wanted ? wanted : refuse(path, JSON.stringify(wanted));

export const oneOf =
  <const T extends string>(...names: readonly T[]): Decoder<T> =>
  (v, path = "") =>
    names.includes(v as T) ? (v as T) : refuse(path, `one of ${names.join(", ")}`);

export const list =
  <T>(item: Decoder<T>, longest = LONGEST_LIST): Decoder<readonly T[]> =>
  (v, path = "") =>
    Array.isArray(v) && v.length <= longest ? v.map((x, i) => item(x, `${path}[${i}]`)) : refuse(path, `a list of at most ${longest}`);

export const optional =
  <T>(inner: Decoder<T>): Decoder<T | undefined> =>
  (v, path = "") =>
    v === undefined ? undefined : inner(v, path);

export const nullable =
  <T>(inner: Decoder<T>): Decoder<T | null> =>
  (v, path = "") =>
    v === null ? null : inner(v, path);

/** Half-open [start, end) in UTF-16 code units. */
export const range: Decoder<readonly [number, number]> = (v, path = "") => {
  const at = integer();
  if (!Array.isArray(v) || v.length !== 2) refuse(path, "a range");
  const [start, end] = [at(v[0], `${path}[0]`), at(v[1], `${path}[1]`)];
  return start <= end ? [start, end] : refuse(path, "a range that does not run backwards");
};

/** Numbers by transfer. */
export const floats =
  (longest = 1 << 24): Decoder<Float64Array> =>
  (v, path = "") =>
    v instanceof Float64Array && v.length <= longest ? v : refuse(path, `at most ${longest} numbers`);

/** Bytes by transfer. */
export const bytes: Decoder<Uint8Array> = (v, path = "") => (v instanceof Uint8Array ? v : refuse(path, "bytes"));

/** A list of exactly two. */
export const pair =
  <T>(item: Decoder<T>): Decoder<readonly [T, T]> =>
  (v, path = "") =>
    Array.isArray(v) && v.length === 2 ? [item(v[0], `${path}[0]`), item(v[1], `${path}[1]`)] : refuse(path, "two of a kind");

/** A list of exactly three. */
export const triple =
  <T>(item: Decoder<T>): Decoder<readonly [T, T, T]> =>
  (v, path = "") =>
    Array.isArray(v) && v.length === 3 ? [item(v[0], path), item(v[1], path), item(v[2], path)] : refuse(path, "three of a kind");

export const shared: Decoder<SharedArrayBuffer | null> = (v, path = "") =>
  v === null || (typeof SharedArrayBuffer !== "undefined" && v instanceof SharedArrayBuffer) ? v : refuse(path, "shared memory or null");

type Fields = Readonly<Record<string, Decoder<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends Decoded<F[K]> ? K : never }[keyof F];
type ObjectOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Decoded<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Decoded<F[K]>;
};
type Flat<T> = { [K in keyof T]: T[K] } & {};

/** An object with exactly these keys (those whose decoder takes undefined may be missing). */
export const object =
  <const F extends Fields>(fields: F): Decoder<Flat<ObjectOf<F>>> =>
  (v, path = "") => {
    if (typeof v !== "object" || v === null || Array.isArray(v)) refuse(path, "an object");
    const given = v as Record<string, unknown>;
    for (const key of Object.keys(given)) if (!Object.hasOwn(fields, key)) refuse(path ? `${path}.${key}` : key, "no such key");
    const out: Record<string, unknown> = {};
    for (const [key, decoder] of Object.entries(fields)) {
      const decoded = decoder(given[key], path ? `${path}.${key}` : key);
      if (decoded !== undefined) out[key] = decoded;
    }
    return out as Flat<ObjectOf<F>>;
  };

/** One of several objects told apart by the text in `tag`. */
export const tagged =
  <const K extends string, const M extends Readonly<Record<string, Decoder<unknown>>>>(tag: K, members: M): Decoder<Decoded<M[keyof M]>> =>
  (v, path = "") => {
    const name = typeof v === "object" && v !== null ? (v as Record<string, unknown>)[tag] : undefined;
    const member = typeof name === "string" && Object.hasOwn(members, name) ? members[name] : undefined;
    return member ? (member(v, path) as Decoded<M[keyof M]>) : refuse(`${path}.${tag}`, `one of ${Object.keys(members).join(", ")}`);
  };

/** An answer that is one thing or the other. */
export const either =
  <A, B>(first: Decoder<A>, second: Decoder<B>): Decoder<A | B> =>
  (v, path = "") => {
    try {
      return first(v, path);
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      return second(v, path);
    }
  };
