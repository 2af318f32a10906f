// `scholium routines`: the reference of everything callable, from the catalogue alone.

import { entries, type Param } from "../catalogue/index.js";

const parameter = (p: Param): string => (p.default === undefined ? p.name : `${p.name}=${JSON.stringify(p.default)}`);

/** One paragraph a routine: call, title, source, example. */
export const listRoutines = (): string =>
  entries.map((e) => `${e.name}(${e.params.map(parameter).join(", ")})\n    ${e.title}. ${e.source}\n    ${e.example}`).join("\n");
