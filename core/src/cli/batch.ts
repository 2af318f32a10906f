// `scholium batch`: JSON lines in, JSON lines out, same order; a bad line answers with an error and the rest goes on.

import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Engine } from "./engine.js";
import type { Case } from "./protocol.js";

const LONGEST_LINE = 8 * 1024 * 1024;

function read(line: string): Case | string {
  if (line.length > LONGEST_LINE) return `a line of ${line.length} characters; at most ${LONGEST_LINE} are read`;
  try {
    const c: unknown = JSON.parse(line);
    return typeof c === "object" && c !== null && !Array.isArray(c) ? (c as Case) : "a case is a JSON object";
  } catch (e) {
    return `not JSON: ${(e as Error).message}`;
  }
}

export async function batch(engine: Engine, input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const c = read(line);
    const answer =
      typeof c === "string"
        ? { id: null, ok: false, error: { kind: "unexpected-token", message: c, range: [0, 0] } }
        : { id: c.id ?? null, ...(await engine.ask(c)) };
    if (!output.write(`${JSON.stringify(answer)}\n`)) await new Promise((resume) => output.once("drain", resume));
  }
}
