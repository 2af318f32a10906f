// Muon on the linear matrix problem: a path to compare with other optimizers.

import { type Matrix, multiply, subtract, transpose } from "../linalg/index.js";
import { type MuonOptions, type MuonState, muonStep } from "../msign/index.js";

/** L(W) = ‖XW − Y‖_F²/(2N) with gradient Xᵀ(XW − Y)/N, N the rows of X. O(N·n·m). */
export function linearMatrixProblem(X: Matrix, Y: Matrix): (W: Matrix) => { loss: number; gradient: Matrix } {
  return (W) => {
    const residual = subtract(multiply(X, W), Y);
    const g = multiply(transpose(X), residual);
    const n = X.rows;
    return { loss: residual.data.reduce((s, v) => s + v * v, 0) / (2 * n), gradient: { ...g, data: g.data.map((v) => v / n) } };
  };
}

/** Muon's path from W0: weights and losses after each step (index 0 is the start); ends early, with status, when it leaves the finite numbers. */
export function muonTrajectory(
  X: Matrix,
  Y: Matrix,
  W0: Matrix,
  steps: number,
  options: MuonOptions,
): { W: Matrix[]; loss: number[]; status: "done" | "diverged" } {
  const problem = linearMatrixProblem(X, Y);
  let state: MuonState = { W: W0, M: { rows: W0.rows, columns: W0.columns, data: new Float64Array(W0.data.length) } };
  let at = problem(W0);
  const [W, loss] = [[W0], [at.loss]];
  for (let k = 0; k < steps; k++) {
    state = muonStep(state, at.gradient, options);
    at = problem(state.W);
    if (!Number.isFinite(at.loss)) return { W, loss, status: "diverged" };
    W.push(state.W);
    loss.push(at.loss);
  }
  return { W, loss, status: "done" };
}
