// Adam's moments for one array.

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  /** Added outside the square root. */
  readonly eps?: number;
}

/** The bias-corrected direction M̂/(√V̂ + eps) at each call; holds two arrays of the gradient's size. */
export function adam({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: AdamOptions = {}): (gradient: Float64Array) => Float64Array {
  let m = new Float64Array(0);
  let v = new Float64Array(0);
  let t = 0;
  return (g) => {
    if (t === 0) [m, v] = [new Float64Array(g.length), new Float64Array(g.length)];
    t++;
    const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
    return g.map((x, i) => {
      m[i] = beta1 * m[i] + (1 - beta1) * x;
      v[i] = beta2 * v[i] + (1 - beta2) * x * x;
      return m[i] / c1 / (Math.sqrt(v[i] / c2) + eps);
    });
  };
}
