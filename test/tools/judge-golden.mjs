// Compares a routine's output with a golden/1 case. Returns null when it passes, else the first difference.
const num = (v) =>
  v === "NaN" || v === "nan" ? NaN : v === "Infinity" || v === "inf" ? Infinity : v === "-Infinity" || v === "-inf" ? -Infinity : v;
const isMat = (v) => v && typeof v === "object" && !Array.isArray(v) && "rows" in v && ("cols" in v || "columns" in v) && "data" in v;
const flat = (v) => (Array.isArray(v) ? v.flatMap(flat) : [v]);
const canon = (v) =>
  isMat(v)
    ? Array.from({ length: v.rows }, (_, i) =>
        Array.from(flat(Object.values(v.data)).slice(i * (v.cols ?? v.columns), (i + 1) * (v.cols ?? v.columns))),
      )
    : v;
function diff(e, g, abs, rel, path) {
  e = canon(e);
  g = canon(g);
  e = num(e);
  g = num(g);
  if (e === null || typeof e === "boolean" || typeof e === "string")
    return Object.is(e, g) ? null : `${path}: ${JSON.stringify(g)} instead of ${JSON.stringify(e)}`;
  if (typeof e === "number") {
    if (typeof g !== "number") return `${path}: ${JSON.stringify(g)} is no number`;
    if (Number.isNaN(e)) return Number.isNaN(g) ? null : `${path}: ${g} instead of NaN`;
    if (!Number.isFinite(e)) return e === g ? null : `${path}: ${g} instead of ${e}`;
    const slack = Number.isInteger(e) && abs === 0 && rel === 0 ? 0 : abs + rel * Math.abs(e);
    return Math.abs(e - g) <= slack
      ? null
      : `${path}: ${g} instead of ${e} (off ${Math.abs(e - g).toExponential(1)}, allowed ${slack.toExponential(1)})`;
  }
  if (Array.isArray(e)) {
    if (!Array.isArray(g) || g.length !== e.length) return `${path}: length ${g?.length} instead of ${e.length}`;
    for (let i = 0; i < e.length; i++) {
      const d = diff(e[i], g[i], abs, rel, `${path}[${i}]`);
      if (d) return d;
    }
    return null;
  }
  if (e && typeof e === "object") {
    if (!g || typeof g !== "object") return `${path}: missing`;
    for (const k of Object.keys(e)) {
      const d = diff(e[k], g[k], abs, rel, `${path}.${k}`);
      if (d) return d;
    }
    return null;
  }
  return `${path}: cannot compare`;
}
const LOOSE = {
  "pivot-tie": /columns|rows|indices|perm|Z|selected/i,
  "topK-tie": /indices|columns/i,
  "non-unique": /columns|rows|indices|Z|U|V|A|B/,
  "rank-ambiguous": /rank/i,
  "sv-gap-small": /projector|U|V/,
};
export function judge(c, out) {
  const t = c.tolerance,
    skip = (c.tags ?? []).map((x) => LOOSE[x]).filter(Boolean);
  if ((c.tags ?? []).includes("bounds-only")) return out ? null : "no output";
  for (const k of Object.keys(c.expected)) {
    if (skip.some((r) => r.test(k))) continue;
    const d = diff(c.expected[k], out?.[k], t.keys?.[k] ?? t.abs, t.rel, k);
    if (d) return d;
  }
  return null;
}
