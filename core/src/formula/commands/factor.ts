// factor: an integer into primes, an expression into irreducible factors over the rationals.

import { fail, type Value } from "../../expr/index.js";
import { factorTerm } from "../symbolic/factor.js";
import { isPrime, powMod } from "../symbolic/factorInteger.js";
import type { SymbolicCommand } from "../symbolic/interface.js";
import { rewrite } from "./shared.js";

export const factor: SymbolicCommand = {
  name: "factor",
  run(value, _params, context, range) {
    if (value.kind === "rational" && value.den === 1n) return factorInteger(value.num, () => context.budget.check());
    if (value.kind === "real" && Number.isSafeInteger(value.value)) return factorInteger(BigInt(value.value), () => context.budget.check());
    if (value.kind === "real" || value.kind === "complex") return fail("domain", "only integers and expressions have factors", range);
    return rewrite(value, factorTerm, context, range);
  },
};

/** n = ∏ p^k, primes ascending; a negative number has the factor −1. Trial division to 10,000, then Pollard's rho (Brent 1980). */
export function factorInteger(n: bigint, check: () => void = () => {}): Value {
  const counts = new Map<bigint, number>();
  const add = (p: bigint) => counts.set(p, (counts.get(p) ?? 0) + 1);
  if (n < 0n) add(-1n);
  let rest = n < 0n ? -n : n;
  if (rest < 2n) {
    if (n >= 0n) add(rest);
  } else {
    for (let p = 2n; p < 10_000n && p * p <= rest; p += p === 2n ? 1n : 2n) {
      while (rest % p === 0n) {
        add(p);
        rest /= p;
      }
    }
    const split = (m: bigint): void => {
      if (m === 1n) return;
      if (isPrime(m)) {
        add(m);
        return;
      }
      const d = rho(m, check);
      split(d);
      split(m / d);
    };
    split(rest);
  }
  return { kind: "factorization", factors: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([base, exponent]) => ({ base, exponent })) };
}

function rho(n: bigint, check: () => void): bigint {
  const gcd = (a: bigint, b: bigint): bigint => {
    let [x, y] = [a, b];
    while (y) [x, y] = [y, x % y];
    return x;
  };
  for (let c = 1n; ; c++) {
    let [x, y, d] = [2n, 2n, 1n];
    const step = (v: bigint) => (powMod(v, 2n, n) + c) % n;
    for (let i = 0; d === 1n; i++) {
      if (i % 256 === 0) check();
      x = step(x);
      y = step(step(y));
      d = gcd(x > y ? x - y : y - x, n);
    }
    if (d !== n) return d;
  }
}
