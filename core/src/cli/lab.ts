// `scholium lab ID --k=v`: a lab's figures in words, its facts and its link; without an ID, the gallery.

import { figureText } from "../figure/index.js";
import { english, findLab, type Lab, type LabView, labLink, labs, readValues, topicTitles } from "../labs/index.js";
import { visible } from "./text.js";

/** Numbers of typed arrays as lists: what JSON holds. */
const plain = (_: string, v: unknown) => (ArrayBuffer.isView(v) ? Array.from(v as unknown as ArrayLike<number>) : v);

/** The view after training, or before when it is not wanted or the lab has none. */
function viewOf(lab: Lab, given: Readonly<Record<string, string>>, train: boolean): LabView {
  const { values } = readValues(lab, given);
  const run = train ? lab.train?.(values) : undefined;
  if (!run) return lab.view(values);
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value;
}

const gallery = (): string =>
  labs.map((l) => `${l.id}\t${english(topicTitles[l.topic])}\t${english(l.title)}${l.train ? " (--train)" : ""}`).join("\n");

/** What to print, and whether it is an answer. */
export function lab(args: readonly string[]): { readonly text: string; readonly ok: boolean } {
  const id = args.find((a) => !a.startsWith("--"));
  if (id === undefined) return { text: gallery(), ok: true };
  const found = findLab(id);
  if (!found) return { text: `scholium: no lab named ${JSON.stringify(visible(id))}; scholium lab lists them`, ok: false };
  const given = Object.fromEntries(args.map((a) => /^--([^=]+)=(.*)$/s.exec(a)).flatMap((m) => (m ? [[m[1] as string, m[2] as string]] : [])));
  const { values, misfits } = readValues(found, given);
  const view = viewOf(found, given, args.includes("--train"));
  const facts = view.facts.map(({ label, value }) => ({ label: english(label), value }));
  const link = labLink(found, values);
  if (args.includes("--json")) return { text: JSON.stringify({ id, values, misfits, link, facts, figures: view.figures }, plain), ok: true };
  const replaced = misfits.map((m) => `! ${m.name}=${m.given}: ${m.kind}${m.taken ? `; ${m.taken} is taken` : ""}`);
  const told = [...view.figures.map((f) => figureText(f)), ...facts.map((f) => `${f.label}: ${f.value}`)];
  return { text: visible([english(found.title), english(found.claim), ...replaced, ...told, link].join("\n")), ok: true };
}
