// Special functions of one real number.

/** Γ(x) by Lanczos' approximation (g = 7, 9 terms; relative error below 1e-14). */
export function gamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return Number.NaN;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (Number.isInteger(x) && x < 24) {
    let p = 1;
    for (let k = 2; k < x; k++) p *= k;
    return p;
  }
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const y = x - 1;
  let sum = c[0] as number;
  for (let k = 1; k < c.length; k++) sum += (c[k] as number) / (y + k);
  const t = y + 7.5;
  return x > 171.7 ? Number.POSITIVE_INFINITY : Math.sqrt(2 * Math.PI) * Math.exp((y + 0.5) * Math.log(t) - t) * sum;
}

/** ln Γ(x) for x > 0 (the same series, no overflow). */
export function logGamma(x: number): number {
  if (x < 20) return Math.log(Math.abs(gamma(x)));
  // Stirling's series; the first omitted term is below 1e-16 from x = 20 on.
  const z = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188)))) / x;
}

/** erf(x): the series of Abramowitz and Stegun 7.1.6 below 3, the continued fraction 7.1.14 above. */
export function erf(x: number): number {
  const t = Math.abs(x);
  if (t > 6) return Math.sign(x);
  if (t > 3) return Math.sign(x) * (1 - complementTail(t));
  let term = t;
  let sum = t;
  for (let n = 1; n < 200 && Math.abs(term) > 1e-17 * sum; n++) {
    term *= (2 * t * t) / (2 * n + 1);
    sum += term;
  }
  return (Math.sign(x) * 2 * sum * Math.exp(-t * t)) / Math.sqrt(Math.PI);
}

/** erfc(x) without cancellation for large x. */
export const erfc = (x: number): number => (x > 3 ? complementTail(x) : 1 - erf(x));

function complementTail(x: number): number {
  let f = x;
  for (let k = 120; k >= 1; k--) f = x + k / 2 / f;
  return Math.exp(-x * x) / (f * Math.sqrt(Math.PI));
}

/** ζ(s) for real s: Borwein's alternating series (1995, algorithm 2), the reflection formula below 0. */
export function zeta(s: number): number {
  if (s === 1) return Number.POSITIVE_INFINITY;
  if (s < 0) return 2 ** s * Math.PI ** (s - 1) * Math.sin((Math.PI * s) / 2) * gamma(1 - s) * zeta(1 - s);
  const n = 28;
  const d: number[] = [];
  let sum = 0;
  let term = 1 / n;
  for (let i = 0; i <= n; i++) {
    sum += term;
    d.push(n * sum);
    term *= (4 * (n + i) * (n - i)) / ((2 * i + 1) * (2 * i + 2));
  }
  const last = d[n] as number;
  let total = 0;
  for (let k = 0; k < n; k++) total += ((k % 2 === 0 ? 1 : -1) * ((d[k] as number) - last)) / (k + 1) ** s;
  return -total / (last * (1 - 2 ** (1 - s)));
}

/** ψ(x) = Γ'(x)/Γ(x). */
export function digamma(x: number): number {
  if (x <= 0 && Number.isInteger(x)) return Number.NaN;
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shift = 0;
  let y = x;
  while (y < 10) shift -= 1 / y++;
  const z = 1 / (y * y);
  return shift + Math.log(y) - 0.5 / y - z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (5 / 660 - (z * 691) / 32760)))));
}

/** The Bessel function J_n(x) of integer order by its integral (trapezoidal rule, spectrally accurate). */
export function besselJ(n: number, x: number): number {
  const steps = 64 + 4 * Math.ceil(Math.abs(x) + Math.abs(n));
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const t = (2 * Math.PI * k) / steps;
    sum += Math.cos(n * t - x * Math.sin(t));
  }
  return sum / steps;
}
