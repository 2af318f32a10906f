// All tests that run inside an extension host.
import { badInput } from "./badInput.js";
import { edits } from "./edits.js";
import { evaluate } from "./evaluate.js";
import { look } from "./look.js";

export const suites: readonly (() => void)[] = [evaluate, edits, look, badInput];
