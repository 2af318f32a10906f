// Small helpers the repository's scripts share: run a command, read its output, count results.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Milliseconds between the word that time is up and the end: enough to stop what the command started. */
const GRACE = 15_000;

/**
 * Runs a command in the repository; resolves to its exit code and what it printed (also shown unless quiet). With a `timeout` in milliseconds it
 * gets a process group of its own, which is told to stop when time is up, so that what it started ends too, and killed if it does not.
 */
export function run(command, args, { quiet = false, env = {}, cwd = root, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: timeout !== undefined });
    if (timeout !== undefined)
      bound(child, timeout, () => console.log(`${command} ${args.join(" ")}: stopped after ${Math.round(timeout / 1000)} s`));
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 137 : 1), output }));
  });
}

/** Ends a child and its group after a time, and when this process is told to end. */
function bound(child, timeout, onTimeout) {
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // Ended meanwhile.
    }
  };
  const asked = () => {
    signal("SIGTERM");
    process.exit(130);
  };
  const timers = [
    setTimeout(() => {
      onTimeout();
      signal("SIGTERM");
    }, timeout),
    setTimeout(() => signal("SIGKILL"), timeout + GRACE),
  ];
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, asked);
  child.on("exit", () => {
    for (const timer of timers) clearTimeout(timer);
    for (const name of ["SIGINT", "SIGTERM"]) process.off(name, asked);
  });
}

/** The last `N passed, N failed` line of an output, or null. */
export function tally(output) {
  const all = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)];
  const last = all[all.length - 1];
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : null;
}

/** The path of a locally installed tool. */
export const bin = (name) => `${root}node_modules/.bin/${name}`;
