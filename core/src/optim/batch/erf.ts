// The error function to about 1e-15.

/**
 * erf(x): the Maclaurin series below 2 (all terms positive in the form 2x/√π e^{−x²} Σ (2x²)ᵏ/(2k+1)!!), a continued fraction of erfc above.
 * Abramowitz and Stegun 7.1.6, 7.1.14.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a < 2) {
    let term = a;
    let sum = a;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (2 * a * a) / (2 * k + 1);
      sum += term;
    }
    return ((Math.sign(x) * 2) / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum;
  }
  if (a > 6) return Math.sign(x);
  // erfc(a) = e^{−a²}/√π · 1/(a + (1/2)/(a + 1/(a + (3/2)/(a + ...)))), from the tail.
  let tail = a;
  for (let k = 120; k >= 1; k--) tail = a + k / 2 / tail;
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * tail));
}
