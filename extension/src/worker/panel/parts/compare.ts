// The difference to another value.
import { said } from "@scholium/core/expr";
import { norm, subtract } from "@scholium/core/linalg";
import { differenceHeatmap, line, pictures, refused } from "./common.js";
import type { PartOf } from "./index.js";

export const compare: PartOf<"compare"> = ({ other }, entry, { store, say }) => {
  const b = store.get(other);
  if (!b) return { kind: "gone" };
  if (entry.kind !== "matrix" || b.kind !== "matrix") return refused("Only matrices can be compared.");
  const [p, q] = [entry.matrix, b.matrix];
  if (p.rows !== q.rows || p.columns !== q.columns) return refused(said`${p.rows} × ${p.columns} and ${q.rows} × ${q.columns}: the shapes differ.`);
  const difference = subtract(p, q);
  const size = norm(q, "fro");
  const [fro, max] = [norm(difference, "fro"), norm(difference, "max")];
  let [at, same] = [0, 0];
  difference.data.forEach((d, k) => {
    const e = Math.hypot(d, difference.imag?.[k] ?? 0);
    if (e === 0) same++;
    else if (e === max) at = k;
  });
  return pictures(
    [differenceHeatmap(`${entry.title} − ${b.title}`, difference)],
    [
      line("‖A − B‖F", fro),
      line("relative to B", size > 0 ? fro / size : fro),
      line("‖A − B‖₁", norm(difference, p.rows === 1 || p.columns === 1 ? { entries: 1 } : 1)),
      line("largest difference", max > 0 ? `${line("", max).value} (${Math.floor(at / p.columns) + 1}, ${(at % p.columns) + 1})` : "0"),
      line("equal entries", say(said`${same} of ${p.data.length} entries`)),
    ],
  );
};
