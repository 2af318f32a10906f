// One machine-readable line per test, which the runner outside reads from the forwarded console.
import type { Runner } from "mocha";

/** Rejects when a test failed, which is how VS Code learns of it. */
export function follow(start: (done: (failures: number) => void) => Runner): Promise<void> {
  return new Promise((resolve, reject) => {
    const say = (value: object) => console.log(`##test ${JSON.stringify(value)}`);
    let seen = 0;
    const runner = start((failures) => {
      say({ end: true, seen, failures });
      if (failures) reject(new Error(`${failures} failed`));
      else resolve();
    });
    runner.on("pass", (t) => say({ n: ++seen, state: "pass", title: t.fullTitle(), ms: t.duration }));
    runner.on("pending", (t) => say({ n: ++seen, state: "fail", title: t.fullTitle(), error: "the test was skipped" }));
    runner.on("fail", (t, e) => say({ n: ++seen, state: "fail", title: t.fullTitle(), error: String(e?.stack ?? e).slice(0, 3000) }));
  });
}
