// Judge of one case of data/formula/corpus.json. candidate := {kind:'number',value}|{kind:'complex',re,im}|{kind:'boolean',value}|{kind:'matrix',shape,data}
//  |{kind:'list',items:[candidate]}|{kind:'error',errorKind,message,range}|{kind:'symbolic',evalAt(map)->candidate|null, top?:'sum'|'product'|other, nodes?:number}
//  |{kind:'solutions',values:[candidate]}|{kind:'language',value}   optional on any: exact (string | nested strings)
export const dec = (v) =>
  v === "nan"
    ? { re: NaN, im: 0 }
    : v === "inf"
      ? { re: Infinity, im: 0 }
      : v === "-inf"
        ? { re: -Infinity, im: 0 }
        : typeof v === "number"
          ? { re: v, im: 0 }
          : typeof v === "boolean"
            ? { re: +v, im: 0 }
            : v && typeof v === "object" && "re" in v
              ? { re: dec(v.re).re, im: dec(v.im).re }
              : null;
export function close(a, b, tol) {
  if (!a || !b) return false;
  const f = (x, y) =>
    (Number.isNaN(x) && Number.isNaN(y)) ||
    x === y ||
    Math.abs(x - y) <= tol * Math.max(1, Math.abs(x), Math.abs(y)) ||
    (Math.abs(x) < 1e-12 * 1 && Math.abs(y) < tol);
  return f(a.re, b.re) && f(a.im, b.im);
}
const scalar = (c) =>
  !c
    ? null
    : c.kind === "number"
      ? dec(c.value)
      : c.kind === "complex"
        ? { re: c.re, im: c.im }
        : c.kind === "boolean"
          ? { re: +c.value, im: 0 }
          : c.kind === "matrix" && c.data.flat(9).length === 1
            ? dec(c.data.flat(9)[0])
            : null;
const flat = (d) => (Array.isArray(d) ? d.flatMap(flat) : [d]);
const squeeze = (s) => s.filter((n) => n !== 1).join("x");
function matEq(exp, c, tol, lenient) {
  if (!c || c.kind !== "matrix") return "not a matrix";
  const shp = exp.shape;
  const ok = lenient || exp.type === "vector" ? squeeze(c.shape) === squeeze(shp) : c.shape.join("x") === shp.join("x");
  if (!ok) return `shape ${c.shape} expected ${shp}`;
  const a = flat(exp.data),
    b = flat(c.data);
  if (a.length !== b.length) return "size";
  for (let i = 0; i < a.length; i++) {
    const x = dec(a[i]),
      y = dec(b[i]);
    if (!y || !close(x, y, tol)) return `entry ${i}: ${JSON.stringify(b[i])} expected ${JSON.stringify(a[i])}`;
  }
  return null;
}
const asSym = (c) =>
  c?.kind === "symbolic" ? c : c && ["number", "complex", "matrix", "boolean"].includes(c.kind) ? { ...c, kind: "symbolic", evalAt: () => c } : null;
function symEq(e, c, tol) {
  const s = asSym(c);
  if (!s) return "not symbolic";
  let off = null;
  for (const smp of e.samples) {
    const got = s.evalAt(smp.at);
    if (e.type === "symbolic-matrix") {
      if (e.scalarOk && scalar(got) && flat(smp.value).length === 1) {
        if (!close(dec(flat(smp.value)[0]), scalar(got), tol)) return "value";
        continue;
      }
      const why = matEq({ type: e.vectorOk ? "vector" : "matrix", shape: e.shape, data: smp.value }, got, tol, e.vectorOk);
      if (why) return why;
      continue;
    }
    const g = scalar(got),
      x = dec(smp.value);
    if (!g) return "no numeric value";
    if (e.mod === "constant") {
      const d = { re: g.re - x.re, im: g.im - x.im };
      if (off === null) off = d;
      else if (!close(off, d, Math.max(tol, 1e-8))) return "differs by non-constant";
      if (!Number.isFinite(d.re)) return "non-finite";
    } else if (!close(x, g, Math.max(tol, 1e-9))) return `at ${JSON.stringify(smp.at)}: ${JSON.stringify(g)} expected ${JSON.stringify(smp.value)}`;
  }
  if (e.form && c.kind === "symbolic" && c.top && c.top !== e.form) return "form " + c.top;
  if (e.maxNodes && c.nodes && c.nodes > e.maxNodes) return "not simplified (" + c.nodes + " nodes)";
  return null;
}
export function judge(cs, c) {
  const e = cs.expected,
    tol = cs.tolerance ?? 1e-9,
    tags = cs.tags ?? [];
  const R = (why) => ({ pass: !why, why: why || "", exact: undefined });
  if (e.type === "error") {
    if (!c || c.kind !== "error") return R("no error");
    const r = R(null);
    r.kindOk = c.errorKind === e.kind;
    r.rangeOk = e.at ? !!(c.range && c.range[0] < e.at[1] && c.range[1] > e.at[0]) : undefined;
    r.mentionOk = e.mention
      ? e.mention.every((m) =>
          String(c.message ?? "")
            .replaceAll("x", "×")
            .includes(m.replaceAll("x", "×")),
        )
      : undefined;
    return r;
  }
  if (!c) return R("no result");
  if (c.kind === "error") return R("error: " + (c.message ?? c.errorKind));
  let why;
  switch (e.type) {
    case "number":
    case "complex": {
      const g = scalar(c),
        x = e.type === "number" ? dec(e.value) : dec({ re: e.re, im: e.im });
      why = !g ? "not a scalar: " + c.kind : close(x, g, tol) ? null : `${JSON.stringify(g)} expected ${JSON.stringify(x)}`;
      if (why && c.kind === "symbolic" && c.evalAt) {
        const h = scalar(c.evalAt({}));
        if (h && close(x, h, tol)) why = null;
      }
      break;
    }
    case "boolean":
      why = c.kind === "boolean" && c.value === e.value ? null : c.kind === "number" && c.value === +e.value ? null : "boolean";
      break;
    case "matrix":
    case "vector":
    case "tensor": {
      why =
        e.shape.join() === "1,1" && tags.includes("scalar-1x1-ok") && scalar(c)
          ? close(dec(flat(e.data)[0]), scalar(c), tol)
            ? null
            : "value"
          : matEq(e, c.kind === "symbolic" && c.evalAt ? c.evalAt({}) : c, tol, tags.includes("shape-lenient"));
      break;
    }
    case "symbolic":
    case "symbolic-matrix":
      why = symEq(e, c, tol);
      break;
    case "list":
    case "symbolic-list":
    case "symbolic-roots": {
      const want = e.items ?? e.roots;
      const items =
        c.kind === "list"
          ? c.items
          : c.kind === "solutions"
            ? c.values
            : c.kind === "matrix"
              ? flat(c.data).map((v) => ({ kind: dec(v)?.im ? "complex" : "number", value: dec(v)?.re, ...dec(v) }))
              : [c];
      if (items.length !== want.length) {
        why = `${items.length} items expected ${want.length}`;
        break;
      }
      const used = new Set();
      why = null;
      for (let i = 0; i < want.length; i++) {
        let hit = -1;
        for (let j = 0; j < items.length; j++) {
          if (used.has(j) || (!e.unordered && j !== i)) continue;
          if (judge({ expected: want[i], tolerance: tol }, items[j]).pass) {
            hit = j;
            break;
          }
        }
        if (hit < 0) {
          why = "item " + i;
          break;
        }
        used.add(hit);
      }
      break;
    }
    case "solutions": {
      const items =
        c.kind === "solutions"
          ? c.values
          : c.kind === "list"
            ? c.items
            : c.kind === "matrix"
              ? flat(c.data).map((v) => ({ kind: "complex", ...dec(v) }))
              : [c];
      why = items.length !== e.values.length ? `${items.length} solutions expected ${e.values.length}` : null;
      const used = new Set();
      if (!why)
        for (const v of e.values) {
          const j = items.findIndex((it, k) => !used.has(k) && close(dec(v), scalar(it?.kind === "symbolic" ? it.evalAt({}) : it), 1e-8));
          if (j < 0) {
            why = "missing root";
            break;
          }
          used.add(j);
        }
      break;
    }
    case "system-solution":
      why =
        c.kind === "record" &&
        Object.entries(e.values).every(([k, v]) =>
          close(dec(v), scalar(c.values[k]?.kind === "symbolic" ? c.values[k].evalAt({}) : c.values[k]), tol),
        )
          ? null
          : "system";
      break;
    case "symbolic-solutions":
      why = c.kind === "record" && Object.entries(e.solutions).every(([k, v]) => c.values[k] && !symEq(v, c.values[k], tol)) ? null : "solutions";
      break;
    case "language":
      why = c.kind === "language" && e.anyOf.includes(c.value) ? null : "language " + c.value;
      break;
    case "noncommutative":
      why = c.kind === "symbolic" && c.sameAs && c.sameAs(e.mustEqual) && (!e.mustNotEqual || !c.sameAs(e.mustNotEqual)) ? null : "noncommutative";
      break;
    case "nullspace": {
      const d = c.kind === "matrix" ? c.data : null;
      if (!d) {
        why = "no matrix";
        break;
      }
      const col = flat(d).map((v) => dec(v).re);
      why =
        e.matrix.every((r) => Math.abs(r.reduce((s, x, i) => s + x * col[i], 0)) < 1e-9) && Math.hypot(...col) > 1e-9 ? null : "not in null space";
      break;
    }
    case "factorization":
      why = c.kind === "factorization" && JSON.stringify(c.factors) === JSON.stringify(e.factors) ? null : "factorization";
      break;
    default:
      why = "unknown expected type " + e.type;
  }
  const r = R(why);
  if (e.exact !== undefined) r.exact = c.exact !== undefined ? JSON.stringify(c.exact) === JSON.stringify(e.exact) : false;
  return r;
}
export function table(rows) {
  const by = {};
  for (const { c, r } of rows) {
    const b = (by[c.category] ??= { n: 0, p: 0, ms: [], to: 0 });
    b.n++;
    b.p += r.pass ? 1 : 0;
    if (r.ms != null) b.ms.push(r.ms);
    if (r.timeout) b.to++;
  }
  let s = "";
  let N = 0,
    P = 0;
  for (const [k, b] of Object.entries(by)) {
    b.ms.sort((x, y) => x - y);
    s += `${k.padEnd(26)}${String(b.p).padStart(4)} /${String(b.n).padStart(4)}  ${((100 * b.p) / b.n).toFixed(0).padStart(4)}%${b.ms.length ? `  med ${b.ms[b.ms.length >> 1].toFixed(1)} ms max ${b.ms.at(-1).toFixed(0)} ms` : ""}${b.to ? `  timeouts ${b.to}` : ""}\n`;
    N += b.n;
    P += b.p;
  }
  return s + `${"TOTAL".padEnd(26)}${String(P).padStart(4)} /${String(N).padStart(4)}  ${((100 * P) / N).toFixed(1)}%\n`;
}
