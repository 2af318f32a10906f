// The facts of a value.
import { factsOf, PANEL_WORK } from "../../facts.js";
import { line, pictures } from "./common.js";
import type { PartOf } from "./index.js";

export const facts: PartOf<"facts"> = ({ force }, entry, { say }) => {
  if (entry.kind === "plot")
    return pictures(
      [],
      [
        line("names", entry.real.names.join(", ")),
        ...(entry.real.arity ? [line("parameters", entry.real.names.slice(0, entry.real.arity).join(", "))] : []),
      ],
    );
  const found = factsOf(entry.value, force ? Number.POSITIVE_INFINITY : PANEL_WORK, say);
  if (found.singularValues.length) entry.singular ??= found.singularValues.slice();
  const { least, greatest, finite } = entry.pyramid;
  const { data, imag } = entry.matrix;
  const lines = found.list.map(({ label, value }) => line(label, value));
  if (data.length > 1 && finite && !imag && !found.list.some((f) => f.name === "min")) lines.push(line("min", least), line("max", greatest));
  if (finite < data.length) lines.push(line("not finite", data.length - finite));
  return pictures([], lines);
};
