// The paper rules on long and hostile texts, and the browser extension in real Chromium. The budgets of the specification are the peers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { detectInText, detectInUrl, searchQuery } from "@scholium/core/papers";
import { type Row, row } from "./row.js";

const SIZE = 100_000;
const TEXT_BUDGET = 250;
const TYPICAL_BUDGET = 60;

/** Texts that make careless rules slow. */
const HOSTILE = [
  "arXiv:",
  "https://",
  "x/arxiv.org/\n",
  "https://a.b/\nx/\n",
  "id=a ",
  "a@OpenReview",
  "1409.0473 ",
  "2024.a_-",
  "hep-th/9901001 ",
  "((((",
  "1,",
  "％2",
  "a-\n",
];
const TYPICAL =
  "We follow Su et al. (2021), arXiv:2104.09864, and the code at https://github.com/a/b; see also https://openreview.net/forum?id=LcF-EEt8cCC. ";

const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

function time(run: () => unknown): number {
  run();
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[2];
}

interface Measured {
  readonly place: number;
  readonly placeWall: number;
  readonly wake: number;
  readonly warm: number;
  readonly bytes: { readonly background: number; readonly shared: number; readonly content: number };
}

export async function papers(): Promise<Row[]> {
  const budget = (name: string, value: number, unit: string, peerValue: number, note?: string) =>
    row({ suite: "papers", case: name, value, unit, peer: "budget", peerValue, goal: "<= 1", ...(note && { note }) });
  const worst = HOSTILE.map((piece) => ({ piece, ms: time(() => [detectInText(filled(piece)), searchQuery(filled(piece))]) })).sort(
    (a, b) => b.ms - a.ms,
  )[0];
  const rows = [
    budget(
      "100 KB of prose",
      time(() => detectInText(filled(TYPICAL))),
      "ms",
      TYPICAL_BUDGET,
    ),
    budget("100 KB of hostile text, the worst", worst.ms, "ms", TEXT_BUDGET, JSON.stringify(worst.piece)),
    budget(
      "an address",
      time(() => detectInUrl("https://arxiv.org/pdf/2104.09864v5.pdf")),
      "ms",
      1,
    ),
  ];
  const script = fileURLToPath(new URL("../browser/measure.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error("the measurement in Chromium failed");
  const { place, placeWall, wake, warm, bytes } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
  return [
    ...rows,
    budget("content script, arXiv list of 2,000", place, "ms", 10, `thread time; ${placeWall.toFixed(0)} ms on the wall`),
    budget("click to tab, sleeping worker", wake, "ms", 50, `${warm.toFixed(0)} ms with a running one`),
    budget("background and the rules it shares", bytes.background + bytes.shared, "bytes", 25_000, `${bytes.background} of its own`),
    budget("content script", bytes.content, "bytes", 20_000),
  ];
}
