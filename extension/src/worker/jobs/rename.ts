// A definition under another name, wherever it is meant. The result is read again: nothing else may have changed its meaning.
import { type Sentence, said } from "@scholium/core/expr";
import { findFormat } from "@scholium/core/formats";
import { type FormulaDocument, layoutOf, openDocument } from "@scholium/core/formula";
import { applyChanges } from "../../edits.js";
import { occurrences } from "../aids/occurrences.js";
import { shownProblem } from "../formula.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

/** What each region defines and mentions, with one name under another. */
const meaning = (model: FormulaDocument, from: string, to: string): string =>
  model.cells
    .map((c) =>
      c.entries
        .map((e) => {
          const name = (n: string) => (n === from ? to : n);
          return `${e.defines.map((d) => name(d.name)).join()}|${[...e.mentions].map(name).sort().join()}|${e.statements.map((s) => s.kind).join()}`;
        })
        .join("\n"),
    )
    .join("\n\n");

export const rename: Handler<"rename"> = async ({ uri, version, offset, name: wanted }, { copies, say }) => {
  const copy = copyOf(copies, { uri, version });
  const model = copy.model();
  const problem = (phrase: Sentence, kind = "unsupported") =>
    shownProblem({ ok: false, problem: { kind, message: say(phrase), range: [offset, offset] as const } });
  const entry = model.cells[copy.cell]?.entries.find((e) => e.region.range[0] <= offset && offset <= e.region.range[1]);
  const base = entry?.region.content[0] ?? 0;
  const inside = (r: readonly [number, number]) => base + r[0] <= offset && offset <= base + r[1];
  let old: string | undefined;
  for (const s of entry?.statements ?? []) if ((s.kind === "define" || s.kind === "declare") && inside(s.nameRange)) old = s.name;
  if (!entry || old === undefined) {
    const names = new Set(model.cells.flatMap((c) => c.entries.flatMap((e) => e.defines.map((d) => d.name))));
    old = [...names].find((n) => occurrences(model, n).some((o) => o.cell === copy.cell && !o.bound && o.range[0] <= offset && offset <= o.range[1]));
    if (!entry || old === undefined) return problem("There is no defined name at the cursor.");
  }
  if (layoutOf(copy.language) === "code") return problem("Names of a program are renamed by its own language support.", "code");
  const text = wanted.trim();
  // The name as it is read: `W_0` becomes W_{0}.
  let name: string | undefined;
  try {
    const [s] = findFormat(entry.region.language)?.parse(`${text} = 1`).statements ?? [];
    if (s?.kind === "define" && !s.params && s.nameRange[1] >= text.length - 1) name = s.name;
  } catch {
    name = undefined;
  }
  if (name === undefined) return problem(said`"${text.slice(0, 60)}" cannot be a name in this notation.`);
  if (name === old) return { ok: true, edits: [] };
  if (model.cells.some((c) => c.entries.some((e) => e.mentions.has(name) || e.defines.some((d) => d.name === name))))
    return problem(said`${name} is used in this document already.`);
  const places = occurrences(model, old);
  if (places.some((p) => p.bound)) return problem(said`${old} is also a parameter or a running index here; rename that by hand first.`);
  const edits = [...new Map(places.map((p) => [`${p.cell} ${p.range[0]}`, p])).values()];
  const changed = model.cells.map((c, cell) => ({
    language: c.language,
    text: applyChanges(
      c.text,
      edits.filter((e) => e.cell === cell).map((e) => ({ start: e.range[0], length: e.range[1] - e.range[0], text })),
    ),
  }));
  if (meaning(openDocument(changed), "", "") !== meaning(model, old, name))
    return problem(said`Under the name ${text} some formula would be read differently; nothing was changed.`);
  return { ok: true, edits: edits.map((e) => ({ uri: copy.order[e.cell] as string, range: e.range, text })) };
};
