import { type Figure, figureSvg, figureText } from "@scholium/core/figure";
import {
  findLab,
  type Input,
  type Lab,
  type LabView,
  labLink,
  labs,
  parseLabLink,
  readValues,
  speaking,
  type TrainingEnd,
  type TrainingStep,
  type Values,
} from "@scholium/core/labs";
import { describe, expect, test } from "vitest";

const series = (f: Figure) => ("series" in f ? f.series : f.kind === "contour" ? (f.paths ?? []) : []);

/** What is wrong with a view; empty when it can be drawn and read. */
function faults(view: LabView): string[] {
  const found: string[] = [];
  if (view.figures.length < 1 || view.figures.length > 3) found.push(`${view.figures.length} figures`);
  for (const f of view.figures) {
    const say = (what: string) => found.push(`${f.title}: ${what}`);
    const svg = figureSvg(f, { width: 480, height: 320 });
    if (/NaN|Infinity|undefined/.test(svg)) say("the picture names no number");
    if (/NaN|undefined/.test(figureText(f))) say(`in words: ${figureText(f)}`);
    for (const s of series(f)) {
      if (s.x && s.x.length !== s.y.length) say(`${s.name} has ${s.x.length} x and ${s.y.length} y`);
      if (Array.from(s.y).some((v) => Math.abs(v) === Number.POSITIVE_INFINITY)) say(`${s.name} is infinite somewhere`);
      if (s.x && Array.from(s.x).some((v) => !Number.isFinite(v))) say(`${s.name} has an x that is no number`);
    }
    if (f.kind === "line" && (!f.x.title || !f.y.title)) say("an axis has no title");
    for (const axis of "x" in f ? [f.x, f.y] : []) {
      const [low, high] = axis.domain ?? [0, 1];
      if (!(low < high)) say(`an axis from ${low} to ${high}`);
    }
    if (f.kind === "heatmap" && !f.matrix.data.every(Number.isFinite)) say("an entry is not finite");
    if (f.kind === "contour" && !f.grid.data.every(Number.isFinite)) say("a height is not finite");
  }
  for (const { label, value } of view.facts) if (/NaN|undefined/.test(value) || !label.en || !label.zh) found.push(`${label.en}: ${value}`);
  return found;
}

/** Names that are the same in every language. */
const PROPER = /^(sgd|momentum|adam|lion|float\d+|f − min f)$/;

/** The ends of an input. */
const ends = (i: Input): readonly (number | string)[] =>
  i.kind === "range" ? [i.min, i.max] : i.kind === "choice" ? i.options.map((o) => o.value) : [0, 2 ** 31 - 1];

const defaults = (lab: Lab) => readValues(lab).values;

/** A training of few steps on little. */
function short(lab: Lab): Values {
  const little = { steps: 100, labels: 64, nfe: 4 };
  return readValues(lab, Object.fromEntries(Object.entries(little).filter(([name]) => lab.inputs.some((i) => i.name === name)))).values;
}

function train(lab: Lab, values: Values, look?: (s: TrainingStep) => void): TrainingEnd {
  const run = lab.train?.(values);
  if (!run) throw new Error(`${lab.id} has no training`);
  let s = run.next();
  for (; !s.done; s = run.next()) look?.(s.value);
  return s.value;
}

describe.each(labs.map((lab) => [lab.id, lab] as const))("the lab %s", (_, lab) => {
  test("says what it claims, tells its story in at most 120 words, and what it does not show, in both languages", () => {
    expect(lab.story.en.split(/\s+/).length).toBeLessThanOrEqual(120);
    for (const text of [lab.title, lab.claim, lab.story, lab.doesNotShow, ...lab.inputs.map((i) => i.label)]) {
      expect(text.en.length).toBeGreaterThan(0);
      expect(text.zh.length).toBeGreaterThan(0);
    }
    for (const text of [lab.title, lab.claim, lab.story, lab.doesNotShow]) expect(text.zh).toMatch(/\p{Script=Han}/u);
    expect(lab.sources.length).toBeGreaterThan(0);
    for (const s of lab.sources) expect(s.url).toMatch(/^https:\/\//);
    expect(findLab(lab.id)).toBe(lab);
    expect(lab.id).toMatch(/^[a-z0-9-]+$/);
  });
  test("has inputs whose defaults and presets are allowed", () => {
    expect(new Set(lab.inputs.map((i) => i.name)).size).toBe(lab.inputs.length);
    expect(readValues(lab, Object.fromEntries(lab.inputs.map((i) => [i.name, i.value]))).values).toEqual(defaults(lab));
    for (const p of lab.presets ?? []) {
      const { values, misfits } = readValues(lab, p.values);
      expect(misfits).toEqual([]);
      expect(values).toMatchObject(p.values);
    }
  });
  test("draws finite figures at its defaults and presets", () => {
    expect(faults(lab.view(defaults(lab)))).toEqual([]);
    for (const p of lab.presets ?? []) expect(faults(lab.view(readValues(lab, p.values).values))).toEqual([]);
  });
  test("says the same in Chinese: every title of a figure, and no English word in its axes and names", () => {
    const names = (view: LabView) =>
      view.figures.flatMap((f) => [
        ...("x" in f ? [f.x.title, f.y.title] : []),
        ...("series" in f ? f.series.map((s) => s.name) : []),
        ...("mark" in f && f.mark ? [f.mark.name] : []),
        ...(f.kind === "heatmap" ? [f.rowTitle ?? "", f.columnTitle ?? ""] : []),
      ]);
    for (const given of [{}, ...(lab.presets ?? []).map((p) => p.values)]) {
      const { values } = readValues(lab, given);
      const [en, zh] = [lab.view(values), lab.view(values, speaking("zh-cn"))];
      expect(zh.figures.length).toBe(en.figures.length);
      for (const f of zh.figures) expect(f.title).toMatch(/\p{Script=Han}/u);
      // Words of two or more small letters are English, unless they are names: they stand in both.
      const english = names(zh).filter((t) => !/\p{Script=Han}/u.test(t) && /\b[a-z]{3,}\b/.test(t) && !PROPER.test(t));
      expect(english).toEqual([]);
    }
  });
  test("draws finite figures at both ends of every input, alone and all together", () => {
    for (const input of lab.inputs)
      for (const value of ends(input))
        expect([input.name, value, faults(lab.view(readValues(lab, { [input.name]: value }).values))]).toEqual([input.name, value, []]);
    for (const k of [0, 1]) {
      const all = Object.fromEntries(lab.inputs.map((i) => [i.name, ends(i)[Math.min(k, ends(i).length - 1)]]));
      expect(faults(lab.view(readValues(lab, all).values))).toEqual([]);
    }
  }, 60_000);
  test("gives the same figures for the same values, and leaves the values alone", () => {
    const values = Object.freeze({ ...defaults(lab) });
    expect(lab.view(values)).toEqual(lab.view(values));
  });
  test("moves when its inputs do", () => {
    const before = JSON.stringify(lab.view(defaults(lab)), (_, v) => (ArrayBuffer.isView(v) ? Array.from(v as Float64Array) : v));
    const moved = lab.inputs.some((i) =>
      ends(i).some(
        (v) =>
          JSON.stringify(lab.view(readValues(lab, { [i.name]: v }).values), (_, x) => (ArrayBuffer.isView(x) ? Array.from(x as Float64Array) : x)) !==
          before,
      ),
    );
    expect(moved).toBe(true);
  }, 60_000);
});

describe.each(labs.filter((l) => l.train).map((lab) => [lab.id, lab] as const))("the training of %s", (_, lab) => {
  const values = short(lab);
  test("counts its steps up to the total, with figures at any of them, and can be stopped", () => {
    let last = 0;
    const end = train(lab, values, (s) => {
      expect(s.done).toBe(last + 1);
      expect(s.done).toBeLessThanOrEqual(s.total);
      last = s.done;
      if (s.done % 60 === 1) expect(faults(s.view())).toEqual([]);
    });
    expect(end.status).toBe("done");
    expect(faults(end)).toEqual([]);
    const run = lab.train?.(values);
    run?.next();
    expect(run?.return(undefined as never).done).toBe(true);
  }, 60_000);
  test("gives the same numbers for the same seed, looked at or not, and others for another", () => {
    const a = train(lab, values);
    expect(train(lab, values, (s) => void (s.done % 40 === 0 && s.view()))).toEqual(a);
    expect(train(lab, { ...values, seed: 2 })).not.toEqual(a);
  }, 60_000);
});

test("a training that diverges ends with its last finite figures", () => {
  const lab = findLab("vq-gradient") as Lab;
  const end = train(lab, readValues(lab, { lr: 0.1, centre: 4 }).values);
  expect(end.status).toBe("diverged");
  expect(faults(end)).toEqual([]);
});

test("Skip-Tuning says plainly what it does not reproduce", () => {
  const lab = findLab("skip-tuning") as Lab;
  expect(lab.doesNotShow.en).toMatch(/not reproduced/);
  expect(lab.doesNotShow.zh).toMatch(/不重现/);
});

describe("values", () => {
  const lab = findLab("optimizer-race") as Lab;
  test("what does not fit is replaced and named", () => {
    const { values, misfits } = readValues(lab, { lr: "1e9", steps: "many", ground: "moon", gravity: 9.81, momentum: -3, seed: "7" });
    expect(values).toMatchObject({ lr: 3, steps: 200, ground: "quadratic", momentum: 0, seed: 7 });
    expect(misfits.map((m) => [m.name, m.kind])).toEqual(
      [
        ["gravity", "unknown"],
        ["lr", "out of range"],
        ["steps", "not a number"],
        ["ground", "no such choice"],
        ["momentum", "out of range"],
      ].sort((a, b) => order(a[0]) - order(b[0])),
    );
  });
  // Unknown names first, then in the order of the inputs.
  const order = (name: string) => lab.inputs.findIndex((i) => i.name === name);
  test("numbers that are none, however written, are not taken", () => {
    for (const v of ["", " ", "NaN", "Infinity", "0x", null, undefined, {}, [], Number.NaN])
      expect(readValues(lab, { steps: v }).values["steps"]).toBe(200);
    expect(Object.hasOwn(readValues(lab, { ["__proto__"]: 1 }).values, "__proto__")).toBe(false);
  });
  test("a value lands on the steps of its range", () => {
    expect(readValues(lab, { steps: 123 }).values["steps"]).toBe(120);
    expect(readValues(lab, { lr: 0.0123456 }).values["lr"]).toBe(0.0123);
  });
  test("a link holds what differs from the defaults and is read back, also after a second encoding", () => {
    const { values } = readValues(lab, { lr: 0.01, ground: "beale" });
    const link = labLink(lab, values);
    expect(link).toBe("scholium:lab/optimizer-race?ground=beale&lr=0.01");
    const read = parseLabLink(link);
    expect(read && readValues(lab, read.values).values).toEqual(values);
    expect(labLink(lab, defaults(lab))).toBe("scholium:lab/optimizer-race");
  });
  test.each(["https://example.org/lab/x", "scholium:lab/", "scholium:lab/../x", "scholium:paper/1", `scholium:lab/${"a".repeat(100)}`])(
    "%j is no link to a lab",
    (link) => expect(parseLabLink(link)).toBeNull(),
  );
  test("broken escapes in a link name nothing", () => expect(parseLabLink("scholium:lab/hippo?a=%zz&b=1")?.values).toEqual({ b: "1" }));
});

test("a path over a contour is drawn and told", () => {
  const figure: Figure = {
    kind: "contour",
    title: "hill",
    x: { title: "x", domain: [0, 1] },
    y: { title: "y", domain: [0, 1] },
    grid: { rows: 2, columns: 2, data: Float64Array.of(0, 1, 1, 2) },
    paths: [{ name: "a <way>", x: [0, 1], y: [0, 0.5] }],
  };
  expect(figureText(figure)).toMatch(/a <way>: from \(0, 0\) to \(1, 0\.5\); steps: 1\./);
  expect(figureSvg(figure)).toContain("a &lt;way&gt;");
});
