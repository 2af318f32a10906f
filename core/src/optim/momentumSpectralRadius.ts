// How fast momentum shrinks one eigen-direction of a quadratic.

/** Largest modulus of the roots of z² + bz + c; a complex pair has modulus √c. */
function largestRoot(b: number, c: number): number {
  const d = b * b - 4 * c;
  if (d < 0) return Math.sqrt(c);
  // The root away from cancellation; the other one follows from the product.
  const far = Math.abs(b) / 2 + Math.sqrt(d) / 2;
  return far === 0 ? 0 : Math.max(far, Math.abs(c / far));
}

/**
 * Spectral radius of the iteration on curvature lambda: heavy ball z² − (1+μ−ηλ)z + μ, Nesterov z² − (1+μ)(1−ηλ)z + μ(1−ηλ).
 * Below 1 the direction converges. O(1).
 */
export function momentumSpectralRadius(lambda: number, lr: number, momentum: number): { heavyBall: number; nesterov: number } {
  const shrink = 1 - lr * lambda;
  return {
    heavyBall: largestRoot(-(momentum + shrink), momentum),
    nesterov: largestRoot(-(1 + momentum) * shrink, momentum * shrink),
  };
}
