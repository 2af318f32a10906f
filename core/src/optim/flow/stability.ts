// Where each method stays bounded on x' = λx.

import type { FlowMethod } from "./integrate.js";

/** The growth factor R(z), z = hλ, of each method, for real z. Hairer and Wanner 1996, ch. IV. */
export const growthFactors: Readonly<Record<FlowMethod, (z: number) => number>> = {
  euler: (z) => 1 + z,
  midpoint: (z) => 1 + z + z ** 2 / 2,
  heun: (z) => 1 + z + z ** 2 / 2,
  rk4: (z) => 1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24,
  implicitEuler: (z) => 1 / (1 - z),
  trapezoid: (z) => (1 + z / 2) / (1 - z / 2),
};

/** −z at which |R| reaches 1 on the negative axis; null when it never does. Gradient descent (Euler) is stable iff hL < 2. */
export const realLimits: Readonly<Record<FlowMethod, number | null>> = {
  euler: 2,
  midpoint: 2,
  heun: 2,
  // The real root of z³ + 4z² + 12z + 24 = 0, negated.
  rk4: 2.785293563405282,
  implicitEuler: null,
  trapezoid: null,
};
