// Starts the engine in a Node worker thread. Most of a start is the compilation of the engine's bundle: where Node can keep compiled code
// (22.1 and later), it is kept in the folder the host names, once the engine has shown which functions it uses.
import { readdirSync, rmSync } from "node:fs";
import * as nodeModule from "node:module";
import * as path from "node:path";
import { workerData } from "node:worker_threads";

interface CompileCache {
  enableCompileCache?(directory: string): unknown;
  flushCompileCache?(): void;
}

/** Milliseconds after the start; by then the first questions have been answered. */
const FLUSH_AFTER = 10_000;

const { enableCompileCache, flushCompileCache } = nodeModule as CompileCache;
const { cache } = workerData as { readonly cache?: string };

/** Keeps what has been compiled, and forgets what other versions of the extension left. */
function keep(folder: string): void {
  try {
    flushCompileCache?.();
    const all = path.dirname(folder);
    for (const name of readdirSync(all)) if (name !== path.basename(folder)) rmSync(path.join(all, name), { recursive: true, force: true });
  } catch {
    // A folder that cannot be written costs a slower start, nothing else.
  }
}

if (cache && enableCompileCache && flushCompileCache) {
  enableCompileCache(cache); // says in its answer, not by an exception, when it cannot
  setTimeout(keep, FLUSH_AFTER, cache).unref();
}
require(path.join(__dirname, "engine.js"));
