// Entry of the tests in the Node extension host, desktop or server.
import Mocha from "mocha";
import { follow } from "./report.js";
import { suites } from "./suites.js";

declare const SUITE_GREP: string;

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: 30_000, color: false, ...(SUITE_GREP ? { grep: SUITE_GREP } : {}) });
  mocha.suite.emit("pre-require", globalThis, "suites", mocha);
  for (const define of suites) define();
  return follow((done) => mocha.run(done));
}
