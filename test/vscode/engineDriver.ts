// The engine's client with its real worker and helper threads, in a process of its own whose threads can be counted. Prints what it saw as JSON.
// Arguments: the folder with worker.js, engine.js and helper.js.
import { readdirSync } from "node:fs";
import type { Documents } from "../../extension/src/services/documents.js";
import { type EngineLog, type Outcome, type RunOptions, workerEngine } from "../../extension/src/services/engine.js";
import { nodePort } from "../../extension/src/services/port.node.js";

const [, , folder] = process.argv as [string, string, string];
const nothing = { dispose() {} };
const documents: Documents = {
  get: () => undefined,
  family: () => undefined,
  onDidChange: () => nothing,
  onDidClose: () => nothing,
  onDidChangeFamily: () => nothing,
};
const log: EngineLog = { warn: () => {}, trace: () => {} };
const threads = () => readdirSync("/proc/self/task").length;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits at most a minute until something holds, and answers whether it does. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let i = 0; i < 600 && !holds(); i++) await pause(100);
  return holds();
}

/** A token in the hands of a test. */
function source() {
  const listeners: (() => void)[] = [];
  return {
    token: {
      isCancellationRequested: false,
      onCancellationRequested(listener: () => void) {
        listeners.push(listener);
        return nothing;
      },
    } as RunOptions["token"],
    cancel() {
      for (const listener of listeners) listener();
    },
  };
}

function start() {
  const engine = workerEngine(nodePort(folder, ""), documents, { memory: () => 1024, phrases: [] }, log);
  const ask = (text: string, timeout = 60_000, token?: RunOptions["token"]) =>
    engine.run(
      "evaluate",
      {
        place: { uri: "test:a", version: 1, language: "python", range: [0, text.length], text },
        conventions: { exact: "auto", digits: 6, output: "source", scope: "above" },
        style: { maxLength: 64, maxRows: 6, maxColumns: 6 },
        timeout,
      },
      { timeout, priority: 0, ...(token && { token }) },
    );
  return { engine, ask };
}

const said = (o: Outcome<{ ok: boolean; note: string; problem?: { kind: string } }>): string =>
  o.status === "done" ? (o.answer.ok ? o.answer.note : (o.answer.problem?.kind ?? "")) : o.status;

const wave = (n: number) => `np.sin(np.arange(${n * n})).reshape(${n}, ${n})`;

async function main() {
  const before = threads();
  const seen: Record<string, unknown> = {};
  {
    const { engine, ask } = start();
    seen.first = said(await ask("1 + 1"));
    const alone = threads();
    const large = `(${wave(512)} @ ${wave(512)}).sum()`;
    seen.product = said(await ask(large));
    await until(() => threads() > alone);
    seen.helpers = threads() > alone;
    seen.productWithHelp = said(await ask(`${large} + 0`));

    const { token, cancel } = source();
    const running = ask(`np.linalg.eig(${wave(1024)})`, 60_000, token);
    await pause(1500);
    cancel();
    seen.cancelled = said(await running);
    seen.afterCancelling = said(await ask("2 + 2"));
    seen.limited = said(await ask(`np.linalg.eig(${wave(1000)})`, 400));
    seen.afterLimit = said(await ask("3 + 3"));
    seen.memory = said(await ask("(np.ones((64, 64)) @ np.ones((64, 262144))).sum()"));
    seen.givenBack = await until(() => engine.state === "off" && threads() <= before);
    seen.afterwards = said(await ask("4 + 4"));
    engine.dispose();
    seen.leftOver = !(await until(() => threads() <= before));
  }
  {
    // Thrown away in the middle of work that several threads do.
    const { engine, ask } = start();
    void ask(`np.linalg.svd(${wave(1024)})`);
    await pause(3000);
    engine.dispose();
    seen.leftOverInTheMiddle = !(await until(() => threads() <= before));
  }
  console.log(JSON.stringify(seen));
}
void main();
