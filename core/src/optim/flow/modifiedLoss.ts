// Gradient descent follows the flow of a slightly different loss.

import type { Vector } from "../guard.js";
import type { TestFunction } from "../problems/testFunctions.js";

/** L + (h/4)|∇L|² and its gradient ∇L + (h/2)H∇L: Euler of step h follows its flow to O(h²). Barrett and Dherin 2020 (arXiv 2009.11162), Theorem 3.1. */
export function modifiedLoss(fn: TestFunction, x: ArrayLike<number>, h: number): { value: number; gradient: Vector } {
  const { value, gradient: g, hessian: H } = fn(Float64Array.from(x));
  const n = g.length;
  return {
    value: value + (h / 4) * g.reduce((s, v) => s + v * v, 0),
    gradient: g.map((v, i) => v + (h / 2) * g.reduce((s, w, j) => s + (H.data[i * n + j] as number) * w, 0)),
  };
}
