// Elementary functions of complex numbers given as [re, im], on their principal branches (Abramowitz and Stegun 4.1-4.6).

export type Pair = readonly [re: number, im: number];

export const plus = (a: Pair, b: Pair): Pair => [a[0] + b[0], a[1] + b[1]];
export const minus = (a: Pair, b: Pair): Pair => [a[0] - b[0], a[1] - b[1]];
export const times = (a: Pair, b: Pair): Pair => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];

/** Smith's division: no overflow in between. */
export function divide(a: Pair, b: Pair): Pair {
  if (Math.abs(b[0]) >= Math.abs(b[1])) {
    const r = b[1] / b[0];
    const d = b[0] + b[1] * r;
    return b[0] === 0 ? [a[0] / b[0], a[1] / b[0]] : [(a[0] + a[1] * r) / d, (a[1] - a[0] * r) / d];
  }
  const r = b[0] / b[1];
  const d = b[0] * r + b[1];
  return [(a[0] * r + a[1]) / d, (a[1] * r - a[0]) / d];
}

export const exp = (z: Pair): Pair => {
  const m = Math.exp(z[0]);
  return z[1] === 0 ? [m, 0] : [m * Math.cos(z[1]), m * Math.sin(z[1])];
};
export const log = (z: Pair): Pair => [Math.log(Math.hypot(z[0], z[1])), Math.atan2(z[1], z[0])];

export function sqrt(z: Pair): Pair {
  const m = Math.hypot(z[0], z[1]);
  if (m === 0) return [0, 0];
  const t = Math.sqrt((m + Math.abs(z[0])) / 2);
  const u = Math.abs(z[1]) / (2 * t);
  const sign = z[1] < 0 ? -1 : 1;
  return z[0] >= 0 ? [t, sign * u] : [u, sign * t];
}

export function power(z: Pair, w: Pair): Pair {
  if (z[0] === 0 && z[1] === 0) return w[0] === 0 && w[1] === 0 ? [1, 0] : w[0] > 0 ? [0, 0] : [Number.POSITIVE_INFINITY, 0];
  if (w[1] === 0 && Number.isInteger(w[0]) && Math.abs(w[0]) <= 64) {
    let r: Pair = [1, 0];
    for (let k = 0; k < Math.abs(w[0]); k++) r = times(r, z);
    return w[0] < 0 ? divide([1, 0], r) : r;
  }
  return exp(times(w, log(z)));
}

export const sin = (z: Pair): Pair => [Math.sin(z[0]) * Math.cosh(z[1]), Math.cos(z[0]) * Math.sinh(z[1])];
export const cos = (z: Pair): Pair => [Math.cos(z[0]) * Math.cosh(z[1]), -Math.sin(z[0]) * Math.sinh(z[1])];
export const tan = (z: Pair): Pair => divide(sin(z), cos(z));
export const sinh = (z: Pair): Pair => [Math.sinh(z[0]) * Math.cos(z[1]), Math.cosh(z[0]) * Math.sin(z[1])];
export const cosh = (z: Pair): Pair => [Math.cosh(z[0]) * Math.cos(z[1]), Math.sinh(z[0]) * Math.sin(z[1])];
export const tanh = (z: Pair): Pair => divide(sinh(z), cosh(z));

const i: Pair = [0, 1];
const timesMinusI = (z: Pair): Pair => [z[1], -z[0]];

/** -i log(iz + sqrt(1 - z²)) */
export const asin = (z: Pair): Pair => timesMinusI(log(plus(times(i, z), sqrt(minus([1, 0], times(z, z))))));
export const acos = (z: Pair): Pair => minus([Math.PI / 2, 0], asin(z));
/** (i/2) (log(1 - iz) - log(1 + iz)) */
export function atan(z: Pair): Pair {
  const iz = times(i, z);
  const d = minus(log(minus([1, 0], iz)), log(plus([1, 0], iz)));
  return [-d[1] / 2, d[0] / 2];
}
export const asinh = (z: Pair): Pair => log(plus(z, sqrt(plus(times(z, z), [1, 0]))));
export const acosh = (z: Pair): Pair => log(plus(z, times(sqrt(plus(z, [1, 0])), sqrt(minus(z, [1, 0])))));
export function atanh(z: Pair): Pair {
  const d = minus(log(plus([1, 0], z)), log(minus([1, 0], z)));
  return [d[0] / 2, d[1] / 2];
}
