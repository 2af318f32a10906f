// Labs of core as messages, in one language.
import { findLab, LARGEST_SEED, type Lab, readValues, type Say, type Values, type LabView as View } from "@scholium/core/labs";
import type { LabInput, LabPage, LabValues, LabView } from "../labMessages.js";

export const listed = (values: Values): LabValues => Object.entries(values).map(([name, value]) => ({ name, value }));
export const record = (values: LabValues): Record<string, number | string> => Object.fromEntries(values.map(({ name, value }) => [name, value]));

/** A lab with values for all its inputs; null for a name that is none. */
export function labAt(id: string, values: LabValues): ({ lab: Lab } & ReturnType<typeof readValues>) | null {
  const lab = findLab(id);
  return lab ? { lab, ...readValues(lab, record(values)) } : null;
}

export const viewMessage = (view: View, say: Say): LabView => ({
  figures: view.figures,
  facts: view.facts.map(({ label, value }) => ({ label: say(label), value })),
});

function inputMessage(i: Lab["inputs"][number], say: Say): LabInput {
  const { name } = i;
  const label = say(i.label);
  switch (i.kind) {
    case "range": {
      const { kind, min, max, step, value, unit } = i;
      return { kind, name, label, min, max, step, value, log: i.scale === "log", ...(unit ? { unit } : {}) };
    }
    case "choice":
      return { kind: "choice", name, label, value: i.value, options: i.options.map((o) => ({ value: o.value, label: say(o.label) })) };
    case "seed":
      return { kind: "seed", name, label, value: i.value, max: LARGEST_SEED };
  }
}

export function pageMessage(lab: Lab, say: Say): LabPage {
  return {
    id: lab.id,
    title: say(lab.title),
    claim: say(lab.claim),
    story: say(lab.story),
    doesNotShow: say(lab.doesNotShow),
    inputs: lab.inputs.map((i) => inputMessage(i, say)),
    presets: (lab.presets ?? []).map(({ label, values }) => ({ label: say(label), values: listed(values) })),
    sources: lab.sources,
    trained: lab.train !== undefined,
  };
}
