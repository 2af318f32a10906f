// The command line's limits: of time, which the reader may set, of lines, and the reader's own patience.

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = here(`../../../.cache/cli-${process.pid}`);
const SLOW = "np.linalg.eig(np.sin(np.arange(1000000)).reshape(1000, 1000))";

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly problem: string;
}

function scholium(args: readonly string[], during: (child: ReturnType<typeof spawn>) => void = (c) => void c.stdin?.end()): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${folder}/cli.mjs`, ...args], { stdio: "pipe" });
    let [out, problem] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      problem += data;
    });
    child.on("close", (code, signal) => resolve({ code, signal, out, problem }));
    during(child);
  });
}

describe("the command line", () => {
  beforeAll(async () => {
    await build({
      entryPoints: {
        cli: here("../../../core/src/cli/main.ts"),
        worker: here("../../../core/src/cli/worker.ts"),
        helper: here("../../../core/src/cli/helper.ts"),
      },
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["@cortex-js/compute-engine"],
      define: { __VERSION__: '"test"' },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: "error",
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("stops a formula at the limit it was given, and answers the next", async () => {
    const { code, out } = await scholium(["eval", "--language", "python", "--timeout", "0.5", SLOW, "6 * 7"]);
    const [first, second] = out.trim().split("\n");
    expect(first).toContain("error (timeout): stopped after 0.5 s");
    expect(second).toMatch(/= 42$/);
    expect(code).toBe(1);
  }, 60_000);

  it.each(["0", "-1", "x", "4000"])("refuses %s as a limit of time", async (seconds) => {
    const { code, problem } = await scholium(["eval", "--timeout", seconds, "1+1"]);
    expect(problem).toContain("--timeout takes seconds, more than 0 and at most 3600");
    expect(code).toBe(2);
  });

  it("ends at Ctrl+C in the middle of a computation", async () => {
    const { signal } = await scholium(["eval", "--language", "python", "--timeout", "600", SLOW], (child) => {
      setTimeout(() => child.kill("SIGINT"), 1500);
    });
    expect(signal).toBe("SIGINT");
  }, 60_000);

  it("answers a line that is too long with an error, and goes on", async () => {
    const ask = (input: string) => JSON.stringify({ id: input.length, kind: "evaluate", language: "latex", input });
    const { code, out } = await scholium(["batch"], (child) => {
      child.stdin?.write(`${ask(`1${" ".repeat(8 * 1024 * 1024)}`)}\n`);
      child.stdin?.end(`${ask("1+1")}\n`);
    });
    const [long, short] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(long.error.message).toMatch(/a line of 83\d+ characters; at most 8388608 are read/);
    expect(short.text).toBe("2");
    expect(code).toBe(0);
  }, 60_000);
});
