// Everything that can be called by name: the catalogue's routines, and the functions of the formula language.
import { entries, type Param } from "@scholium/core/catalogue";
import { functions as language } from "@scholium/core/formula";
import type { FunctionEntry } from "../../aidMessages.js";
import { described } from "../aids/functionDocs.js";
import type { Handler } from "./index.js";

const words: Readonly<Record<string, string>> = {
  matrix: "matrix",
  vector: "vector",
  integer: "whole number",
  real: "number",
  boolean: "true or false",
  indices: "list of indices",
  json: "data",
};

function kindText({ kind }: Param): string {
  if (kind.type === "option") return kind.values.map((v) => `\`${v}\``).join(", ");
  if (kind.type === "list") return "list";
  if (kind.type !== "integer" && kind.type !== "real") return words[kind.type] ?? kind.type;
  const { min, max } = kind;
  const limits =
    min !== undefined && max !== undefined ? ` from ${min} to ${max}` : min !== undefined ? ` ≥ ${min}` : max !== undefined ? ` ≤ ${max}` : "";
  return `${words[kind.type]}${limits}`;
}

const parameter = (p: Param) => ({
  name: p.name,
  doc: [p.doc, kindText(p), p.default === undefined || p.default === null ? "" : `default ${JSON.stringify(p.default)?.slice(0, 80)}`]
    .filter(Boolean)
    .join("; "),
  optional: p.default !== undefined,
});

const catalogueEntries = (): FunctionEntry[] =>
  entries.map((e) => ({
    name: e.name,
    title: e.title,
    doc: e.doc ?? "",
    parameters: e.params.map(parameter),
    source: e.source,
    example: e.example,
    group: "catalogue",
  }));

const languageEntries = (taken: ReadonlySet<string>): FunctionEntry[] =>
  [...new Set(language.values())]
    .filter((f) => !taken.has(f.name))
    .map((f) => {
      const known = described.get(f.name);
      const [least, most] = f.arity;
      const count = Math.min(Number.isFinite(most) ? most : Math.max(least, 1), 4);
      const given = known?.parameters ?? "xyzw".slice(0, count).split("");
      return {
        name: f.name,
        title: known?.title ?? f.name,
        doc: f.aliases?.length ? `Also written ${f.aliases.map((a) => `\`${a}\``).join(", ")}.` : "",
        parameters: given.map((name, i) => ({ name, doc: "", optional: i >= least })),
        source: "",
        example: known?.example ?? "",
        group: "language",
      };
    });

let all: readonly FunctionEntry[] | undefined;

export const functions: Handler<"functions"> = async () => {
  if (!all) {
    const own = catalogueEntries();
    all = [...own, ...languageEntries(new Set(own.map((e) => e.name)))].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  return { functions: all };
};
