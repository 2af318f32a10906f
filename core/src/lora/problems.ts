// Two small problems on which adapters are compared with full fine-tuning.

import { MathError, type Matrix, multiply, said, shapeText, subtract } from "../linalg/index.js";
import { linearMatrixProblem } from "../optim/index.js";

/** A loss of several weights, with gradients. */
export interface Problem {
  /** Where training starts. */
  readonly weights: readonly Matrix[];
  readonly evaluate: (weights: readonly Matrix[]) => { readonly loss: number; readonly gradients: readonly Matrix[] };
}

/** ½‖XW - Y‖_F²/N, N the rows of X. */
export function regressionProblem(X: Matrix, Y: Matrix, W0: Matrix): Problem {
  if (X.columns !== W0.rows || Y.columns !== W0.columns || X.rows !== Y.rows || X.rows === 0)
    throw new MathError("shape-mismatch", said`X ${shapeText(X)}, W ${shapeText(W0)} and Y ${shapeText(Y)} do not fit`);
  const linear = linearMatrixProblem(X, Y);
  return {
    weights: [W0],
    evaluate: ([W]) => {
      const { loss, gradient } = linear(W);
      return { loss, gradients: [gradient] };
    },
  };
}

/** ½‖tanh(XW₁)W₂ - Y‖_F²/N: two layers, both adapted. */
export function twoLayerProblem(X: Matrix, Y: Matrix, W1: Matrix, W2: Matrix): Problem {
  if (X.columns !== W1.rows || W1.columns !== W2.rows || W2.columns !== Y.columns || X.rows !== Y.rows || X.rows === 0)
    throw new MathError("shape-mismatch", said`X ${shapeText(X)}, weights ${shapeText(W1)}, ${shapeText(W2)} and Y ${shapeText(Y)} do not fit`);
  return {
    weights: [W1, W2],
    evaluate: ([first, second]) => {
      const z = multiply(X, first);
      const h = { ...z, data: z.data.map(Math.tanh) };
      const residual = subtract(multiply(h, second), Y);
      const over = { ...residual, data: residual.data.map((x) => x / X.rows) };
      const back = multiply(over, second, { b: "transpose" });
      const inner = { ...back, data: back.data.map((x, i) => x * (1 - h.data[i] ** 2)) };
      return {
        loss: residual.data.reduce((s, x) => s + x * x, 0) / (2 * X.rows),
        gradients: [multiply(X, inner, { a: "transpose" }), multiply(h, over, { a: "transpose" })],
      };
    },
  };
}
