import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CorpusCase, judgePapers } from "../corpus/papers.js";

const load = (name: string) => JSON.parse(readFileSync(`test/data/papers/${name}.json`, "utf8")) as { meta: { now: string }; cases: CorpusCase[] };

describe.each(["corpus", "further", "wild"])("the papers corpus %s", (name) => {
  const { meta, cases } = load(name);
  const byCategory = Map.groupBy ? Map.groupBy(cases, (c) => c.kind) : new Map([["all", cases]]);
  for (const [kind, some] of byCategory)
    it(`holds for every ${kind} case`, () => {
      expect(some.map((c) => [c.id, judgePapers({ ...c, maxMs: undefined }, meta.now)]).filter(([, f]) => f !== null)).toEqual([]);
    });

  it("is judged by a judge that fails a wrong expectation", () => {
    const [first] = cases;
    expect(judgePapers({ ...first, expected: { none: true } }, meta.now)).toContain("expected");
    expect(judgePapers({ ...first, expected: { ...first.expected, coolPapersUrls: [] } }, meta.now)).toContain("expected");
  });
});
