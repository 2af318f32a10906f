// Entry of the tests in the web worker extension host. mocha's browser build puts its functions on the global object.
import "mocha/mocha.js";
import { follow } from "./report.js";
import { suites } from "./suites.js";

declare const SUITE_GREP: string;
declare const mocha: { setup(options: object): void; run(done: (failures: number) => void): import("mocha").Runner };

export function run(): Promise<void> {
  mocha.setup({ ui: "tdd", timeout: 30_000, reporter: "spec", ...(SUITE_GREP ? { grep: SUITE_GREP } : {}) });
  for (const define of suites) define();
  return follow((done) => mocha.run(done));
}
