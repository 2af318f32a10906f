// The steepest direction of a matrix gradient depends on the norm that measures the step.

import { MathError, type Matrix, norm, said, svd } from "../linalg/index.js";
import { msign } from "../msign/index.js";
import { sign } from "./optimizers/optimizer.js";

export type DescentNorm = "frobenius" | "l2" | "linf" | "l1" | "spectral" | "nuclear";

/**
 * D = argmin ⟨G, D⟩ + ‖D‖²/2, so ‖D‖ = ‖G‖ in the dual norm and the model falls by half its square.
 * linf gives sign descent, spectral gives Muon, l1 moves one entry (the first of the largest), nuclear one singular pair.
 * O(mn), or an SVD for spectral and nuclear. Bernstein and Newhouse 2024 (arXiv 2409.20325), Proposition 1.
 */
export function steepestDescent(G: Matrix, which: DescentNorm): { direction: Matrix; dualNorm: number; decrease: number } {
  const answer = (data: Float64Array, dualNorm: number) => ({
    direction: { rows: G.rows, columns: G.columns, data },
    dualNorm,
    decrease: dualNorm ** 2 / 2,
  });
  switch (which) {
    case "frobenius":
    case "l2":
      return answer(
        G.data.map((x) => -x),
        norm(G, "fro"),
      );
    case "linf": {
      const l1 = G.data.reduce((s, x) => s + Math.abs(x), 0);
      return answer(
        G.data.map((x) => -l1 * sign(x)),
        l1,
      );
    }
    case "l1": {
      let top = 0;
      G.data.forEach((x, i) => {
        if (Math.abs(x) > Math.abs(G.data[top] as number)) top = i;
      });
      const data = new Float64Array(G.data.length);
      if (data.length) data[top] = -(G.data[top] as number);
      return answer(data, Math.abs(G.data[top] ?? 0));
    }
    case "spectral": {
      const { Q, nuclear } = msign(G);
      return answer(
        Q.data.map((x) => -nuclear * x),
        nuclear,
      );
    }
    case "nuclear": {
      const { U, s, V } = svd(G);
      const top = s[0] ?? 0;
      return answer(
        G.data.map((_, i) => -top * (U.data[Math.floor(i / G.columns) * U.columns] as number) * (V.data[(i % G.columns) * V.columns] as number)),
        top,
      );
    }
    default:
      throw new MathError("domain", said`unknown norm ${JSON.stringify(which)}; there are frobenius, l2, linf, l1, spectral and nuclear`);
  }
}
