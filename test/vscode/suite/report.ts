// One machine-readable line per test, which the runner outside reads from the forwarded console.
import type { Runner } from "mocha";

const say = (value: object) => console.log(`##test ${JSON.stringify(value)}`);

/** A test for the hosts that can run it; elsewhere the reason is printed in its place. A test that mocha skips counts as failed. */
export function testWhere(here: boolean, reason: string, title: string, action: () => Promise<void>, timeout?: number): void {
  if (!here) say({ absent: title, reason });
  else {
    const made = test(title, action);
    if (timeout !== undefined) made.timeout(timeout);
  }
}

/** Rejects when a test failed, which is how VS Code learns of it. */
export function follow(start: (done: (failures: number) => void) => Runner): Promise<void> {
  return new Promise((resolve, reject) => {
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
