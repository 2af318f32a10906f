// Magic squares.
import { MathError } from "../error.js";
import type { Matrix } from "../matrix.js";
import { said } from "../phrase.js";
import { allocate } from "../shape.js";

/**
 * An n×n square of 1..n² with equal sums of rows, columns and diagonals, the same as MATLAB's magic(n): the Siamese method for odd n, complement of a pattern for n divisible by 4,
 * the LUX-like patching of four odd squares otherwise. n = 2 has none (as in MATLAB the sums then differ); n = 4 has rank 3. Throws "domain" for n < 0.
 */
export function magic(n: number): Matrix {
  if (!(Number.isInteger(n) && n >= 0)) throw new MathError("domain", said`no magic square of size ${n}`);
  const data = allocate(n, n);
  if (n === 2) data.set([1, 3, 4, 2]);
  else if (n % 2 === 1) data.set(oddSquare(n));
  else if (n % 4 === 0)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const v = i * n + j + 1;
        const same = ((i + 1) % 4) >> 1 === ((j + 1) % 4) >> 1;
        data[i * n + j] = same ? n * n + 1 - v : v;
      }
  else if (n > 0) patched(data, n);
  return { rows: n, columns: n, data };
}

/** entry = n·((i + j - (n + 3)/2) mod n) + ((i + 2j - 2) mod n) + 1, 1-based. */
function oddSquare(n: number): Float64Array {
  const out = new Float64Array(n * n);
  const mod = (x: number) => ((x % n) + n) % n;
  for (let i = 1; i <= n; i++) for (let j = 1; j <= n; j++) out[(i - 1) * n + j - 1] = n * mod(i + j - (n + 3) / 2) + mod(i + 2 * j - 2) + 1;
  return out;
}

/** n = 4k + 2: the odd square of half size in four shifted copies, then rows of some columns exchanged between the halves. */
function patched(data: Float64Array, n: number): void {
  const p = n / 2;
  const m = oddSquare(p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      const v = m[i * p + j];
      data[i * n + j] = v;
      data[i * n + j + p] = v + 2 * p * p;
      data[(i + p) * n + j] = v + 3 * p * p;
      data[(i + p) * n + j + p] = v + p * p;
    }
  const k = (n - 2) / 4;
  const columns = [...Array(k).keys(), ...Array.from({ length: k - 1 }, (_, i) => n - k + 1 + i)];
  const swap = (i: number, j: number) => {
    const a = i * n + j;
    const b = (i + p) * n + j;
    [data[a], data[b]] = [data[b], data[a]];
  };
  for (let i = 0; i < p; i++) for (const j of columns) swap(i, j);
  swap(k, 0);
  swap(k, k);
}
