// The engine's threads: what is cancelled or runs into its limit leaves the worker alive, memory is given back, and nothing is left running.

import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = here(`../../.cache/engine-${process.pid}`);

describe.runIf(process.platform === "linux")("the engine in its thread (counted under /proc, on Linux only)", () => {
  beforeAll(async () => {
    await build({
      entryPoints: {
        worker: here("../../extension/src/worker/start.node.ts"),
        engine: here("../../extension/src/worker/main.node.ts"),
        helper: here("../../core/src/cli/helper.ts"),
        driver: here("engineDriver.ts"),
      },
      outdir: folder,
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "node20",
      external: ["@cortex-js/compute-engine"],
      // The client asks the editor for nothing but its types; what its neighbours would ask is not reached here.
      alias: { vscode: "node:path" },
      logLevel: "error",
    });
    writeFileSync(`${folder}/package.json`, '{ "type": "commonjs" }');
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("goes on after a cancellation and after a limit, gives large memory back, and leaves no thread behind", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [`${folder}/driver.js`, folder]);
    const { product, ...seen } = JSON.parse(stdout);
    expect(product).toMatch(/^[=≈] -?\d/);
    expect(seen).toEqual({
      first: "= 2",
      // On one core there is nobody to help.
      helpers: (await import("node:os")).availableParallelism() > 1,
      productWithHelp: product,
      cancelled: "cancelled",
      afterCancelling: "= 4",
      limited: "timeout",
      afterLimit: "= 6",
      memory: "≈ 1073740000",
      givenBack: true,
      afterwards: "= 8",
      leftOver: false,
      leftOverInTheMiddle: false,
    });
  }, 300_000);
});
