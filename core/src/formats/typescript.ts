// TypeScript: as JavaScript, with type annotations and assertions passed over.

import type { Format } from "./format.js";
import { detectJavascript, dialectOf, printJavascript } from "./javascript.js";
import { parseClike } from "./shared/clike.js";

const dialect = dialectOf("typescript");

export const typescript: Format = {
  name: "typescript",
  title: "TypeScript",
  languages: ["typescript", "typescriptreact"],
  detect: (t) => (/\b(?:const|let|var)\s+\w+\s*:|\bas const\b|:\s*number\[\]/.test(t.slice(0, 4000)) ? 3 : detectJavascript(t) === 3 ? 2 : 0),
  parse: (t, options) => parseClike(t, dialect, options),
  print: printJavascript,
};
