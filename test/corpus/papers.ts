// Judges the paper rules against a corpus file: links, selections, pages, frames and menu clicks with what must come.
import { readFileSync } from "node:fs";
import { answerPapers, type ClickInfo, type PapersAnswer, type PapersCase } from "@scholium/core/papers";

interface Repeated {
  repeat: string;
  times: number;
  prefix?: string;
  suffix?: string;
}

interface Expected {
  ids?: { source: string; id: string; version?: number }[];
  coolPapersUrls?: string[];
  search?: string;
  searchAny?: boolean;
  none?: boolean;
  any?: boolean;
}

export interface CorpusCase {
  id: string;
  kind: PapersCase["from"];
  value: string | ClickInfo | Repeated;
  expected: Expected;
  maxMs?: number;
}

const expand = (value: CorpusCase["value"]): string | ClickInfo =>
  typeof value === "object" && "repeat" in value ? (value.prefix ?? "") + value.repeat.repeat(value.times) + (value.suffix ?? "") : value;

const ids = (list: readonly { source: string; id: string; version?: number }[]) =>
  list.map((p) => `${p.source}:${p.id}${p.version ? `v${p.version}` : ""}`);

/** What is expected, in the answer's form; null where anything will do. */
function wanted({ ids: papers, coolPapersUrls = [], search, searchAny, none, any }: Expected, came: PapersAnswer): unknown {
  if (any) return null;
  if (searchAny) return { ids: [] };
  if (none) return { ids: [], urls: [], search: null };
  if (search !== undefined) return { ids: [], urls: coolPapersUrls, search };
  return { ids: ids(papers ?? []), urls: coolPapersUrls, search: came.search };
}

/** Runs one case; a description of the failure, or null. */
export function judgePapers(c: CorpusCase, now: string): string | null {
  const value = expand(c.value);
  const timed = () => {
    const started = performance.now();
    const answer = answerPapers({ from: c.kind, value, now });
    return { answer, ms: performance.now() - started };
  };
  let { answer, ms } = timed();
  // A busy machine is no fault of the rules: what counts is the best of a few runs.
  for (let k = 0; k < 4 && c.maxMs !== undefined && ms > c.maxMs; k++) ({ answer, ms } = timed());
  const want = wanted(c.expected, answer);
  const full = { ids: ids(answer.ids), urls: answer.urls, search: answer.search };
  const came = want && Object.keys(want).length === 1 ? { ids: full.ids } : full;
  if (want !== null && JSON.stringify(want) !== JSON.stringify(came)) return `expected ${JSON.stringify(want)} came ${JSON.stringify(came)}`;
  return c.maxMs !== undefined && ms > c.maxMs ? `expected at most ${c.maxMs} ms came ${Math.round(ms)} ms` : null;
}

/** Runs every case of a corpus file and prints each failing one. */
export async function runPapers(file: string): Promise<{ passed: number; failed: number }> {
  const { meta, cases } = JSON.parse(readFileSync(file, "utf8")) as { meta: { now: string }; cases: CorpusCase[] };
  let failed = 0;
  for (const c of cases) {
    const failure = judgePapers(c, meta.now);
    if (failure === null) continue;
    failed++;
    console.log(`${c.id} ${c.kind} ${JSON.stringify(c.value).slice(0, 200)}\n  ${failure.slice(0, 1200)}`);
  }
  return { passed: cases.length - failed, failed };
}
