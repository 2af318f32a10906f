// What takes long is stopped on the way, wherever it is: in a kernel, in a plain loop of linear algebra, in a sum, in exact arithmetic.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../core/src/catalogue/index.js";
import { run } from "../../../../core/src/formula/index.js";
import { loadedKernels } from "../../../../core/src/kernels/index.js";

const random = "R = np.sin(np.arange(1, 160001).reshape(400, 400) + 0.5)";
const complex = "C = np.sin(np.arange(1, 40001).reshape(200, 200)) + 1j * np.cos(np.arange(1, 40001).reshape(200, 200))";
const whole = "H = np.arange(1, 10001).reshape(100, 100) % 97";

/** Formula -> what in it takes the time. Each takes far longer than the two looks it is given. */
const long: readonly [formula: string, where: string][] = [
  ["np.linalg.eig(R)", "a kernel"],
  ["np.linalg.svd(R @ R)", "several kernels"],
  ["np.linalg.inv(C)", "a plain loop of elimination"],
  ["np.linalg.eig(C)", "complex rotations"],
  ["np.linalg.qr(C)", "complex reflections"],
  ["np.kron(R[:60, :60], R[:60, :60])", "a Kronecker product"],
  ["sum(math.sin(i) for i in range(300000))", "a sum"],
];

const ask = (input: string, host: { clock?: () => number; cancelled?: () => boolean }, timeout = 6000) =>
  run({ input, language: "python", definitions: [random, complex, whole], timeout }, { catalogue, ...host });

describe("a computation under way", () => {
  it.each(long)("%s ends when it is cancelled, in %s", async (formula) => {
    let asked = 0;
    const answer = await ask(formula, { cancelled: () => ++asked > 4 });
    expect(answer.ok ? "a value" : answer.error.kind).toBe("cancelled");
    expect(asked).toBeLessThan(20);
  });

  it.each(long)("%s ends at its limit of time, in %s", async (formula) => {
    let now = 0;
    // Time passes by being looked at: the limit is the fifth look.
    const answer = await ask(formula, { clock: () => now++ }, 5);
    expect(answer.ok ? "a value" : `${answer.error.kind}: ${answer.error.message}`).toBe("timeout: stopped after 0.005 s");
  });

  it("that is cancelled leaves the kernels whole for the next", async () => {
    const value = async () => {
      const answer = await ask("np.linalg.det(R[:50, :50])", {});
      return answer.ok && answer.value.kind === "real" ? answer.value.value : answer;
    };
    const before = await value();
    const mark = loadedKernels()?.exports.mark();
    let asked = 0;
    await ask("np.linalg.eig(R)", { cancelled: () => ++asked > 6 });
    expect(loadedKernels()?.exports.mark()).toBe(mark);
    expect(await value()).toBe(before);
  });
});
