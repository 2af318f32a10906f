// What a document defines: names, shapes, short values, and where each is used.
import { said, type Value } from "@scholium/core/expr";
import { definitionsFor } from "@scholium/core/formula";
import type { Definition } from "../../aidMessages.js";
import { inEntry } from "../aids/occurrences.js";
import { factsOf } from "../facts.js";
import { valueOf } from "../formula.js";
import { noteText, plainNotation } from "../noteText.js";
import { copyOf } from "../texts.js";
import { wordsOf } from "../words.js";
import type { Handler } from "./index.js";

const MOST = 2000;
/** Longer statements are listed with what their text shows. */
const LONGEST = 50_000;
/** Facts in words may spend an eighth of what a hover may. */
const WORK = 32 ** 3;

function kindOf(value: Value): Definition["kind"] {
  if (value.kind === "array") return value.shape.length === 1 || value.shape.includes(1) ? "vector" : "matrix";
  if (value.kind === "function") return "function";
  return value.kind === "rational" || value.kind === "real" || value.kind === "complex" ? "number" : "formula";
}

export const definitions: Handler<"definitions"> = async ({ uri, version, conventions, style, timeout }, context) => {
  const copy = copyOf(context.copies, { uri, version });
  const model = copy.model();
  const began = context.clock();
  const list: { definition: Omit<Definition, "uses">; uses: Definition["uses"][number][] }[] = [];
  const nearest = new Map<string, number>();
  for (const [cell, { entries }] of model.cells.entries()) {
    const address = copy.order[cell] as string;
    for (const entry of entries) {
      const base = entry.region.content[0];
      // Names used here mean the definitions above, before this entry adds its own.
      for (const name of entry.mentions) {
        const at = nearest.get(name);
        if (at === undefined) continue;
        for (const o of inEntry(entry, cell, name)) if (!o.defines && !o.bound) list[at]?.uses.push({ uri: address, range: o.range });
      }
      const before: string[] = [];
      for (const s of entry.statements) {
        const text = entry.text.slice(s.range[0], s.range[1]);
        if ((s.kind === "define" || s.kind === "declare") && list.length < MOST) {
          const range = [base + s.range[0], base + s.range[1]] as const;
          const shared = {
            name: s.name.slice(0, 1024),
            uri: address,
            nameRange: [base + s.nameRange[0], base + s.nameRange[1]] as const,
            range,
            language: entry.region.language,
          };
          let described: Pick<Definition, "kind" | "shape" | "note" | "words">;
          if (s.kind === "declare") described = { kind: "shape", shape: "", note: text.slice(0, style.maxLength), words: text.slice(0, 200) };
          else if (s.params)
            described = {
              kind: "function",
              shape: "",
              note: text.slice(0, style.maxLength),
              words: context.say(said`function of ${s.params.join(", ")}`).slice(0, 200),
            };
          else if (text.length > LONGEST || context.clock() - began > timeout) described = { kind: "formula", shape: "", note: "", words: "" };
          else {
            const seen = definitionsFor(model, { cell, offset: entry.region.range[0] }, text).map((d) => ({ text: d.text }));
            const found = await valueOf(
              { text, range, language: entry.region.language, named: s.name, definitions: [...seen, ...before.map((t) => ({ text: t }))] },
              context,
              conventions,
              Math.max(20, Math.min(200, timeout)),
              { symbolic: true },
            );
            if (found.ok) {
              const facts = factsOf(found.value, WORK);
              described = {
                kind: kindOf(found.value),
                shape: found.value.kind === "array" ? found.value.shape.join("×") : "",
                note: noteText(found.value, plainNotation(found.value, entry.region.language), conventions, style, { say: context.say }).text.slice(
                  0,
                  4000,
                ),
                words: wordsOf(found.value, facts, found.answer.text, context.say).slice(0, 1000),
              };
            } else described = { kind: "problem", shape: "", note: found.problem.message.slice(0, 400), words: found.problem.message.slice(0, 400) };
          }
          nearest.set(s.name, list.length);
          list.push({ definition: { ...shared, ...described }, uses: [] });
        }
        before.push(text);
      }
    }
  }
  return { definitions: list.map(({ definition, uses }) => ({ ...definition, uses: uses.slice(0, 10_000) })) };
};
