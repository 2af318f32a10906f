// The identity whose size nobody wrote: it waits for a partner that says how large it is.

import type { Range, SymbolicValue, Value } from "../../expr/index.js";
import { identity } from "./array.js";
import { mapEntries } from "./elementwise.js";
import { multiply, re, type Scalar } from "./scalar.js";

/** A multiple of an identity of unknown size; prints as `I`. */
export interface IdentityValue extends SymbolicValue {
  readonly identity: Scalar;
}

export const isIdentity = (v: Value): v is IdentityValue => v.kind === "symbolic" && "identity" in v;

export const identityOf = (scale: Scalar, range: Range): IdentityValue => {
  const name = { kind: "name", name: "I", range } as const;
  const whole = scale.kind === "rational" && scale.num === 1n && scale.den === 1n;
  const factor = { kind: "number", value: re(scale), ...(scale.kind === "rational" && { exact: scale }), range } as const;
  return {
    kind: "symbolic",
    expr: whole ? name : { kind: "binary", op: "multiply", left: factor, right: name, implicit: true, range },
    identity: scale,
  };
};

/** The multiple of the n×n identity. */
export const sized = (v: IdentityValue, n: number) => mapEntries(identity(n), (s) => multiply(s, v.identity));
