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
  "10.1234/a.\n",
  "https://ahttps:/",
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

interface Clicks {
  readonly warm: number;
  readonly warmBest: number;
  readonly wake: number;
  readonly wakeBest: number;
}

interface Measured {
  /**
   * Thread milliseconds on the long list: the first slice, all before anybody scrolls (and how many links that places); the longest and all slices
   * once it was scrolled to its end, and a bare loop that places every link.
   */
  readonly content: {
    readonly first: number;
    readonly opened: number;
    readonly openedBest: number;
    readonly links: number;
    readonly longest: number;
    readonly slices: number;
    readonly total: number;
    readonly bare: number;
  };
  /** Thread milliseconds of a slice on a page of 20,000 nodes that changes with every frame. */
  readonly busy: { readonly longest: number; readonly median: number; readonly slices: number };
  readonly click: Clicks;
  /** Of an extension that only opens a tab. */
  readonly bareClick: Clicks;
  readonly bytes: { readonly background: number; readonly later: number; readonly content: number };
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
  const { content, busy, click, bareClick, bytes } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
  const against = (name: string, value: number, peer: string, peerValue: number, goal: string) =>
    row({ suite: "papers", case: name, value, unit: "ms", peer, peerValue, goal });
  const best = ({ warmBest, wakeBest }: Clicks) => `best ${wakeBest.toFixed(0)}; ${warmBest.toFixed(0)} with a running one`;
  return [
    ...rows,
    budget(
      "content script, arXiv list of 2,000: all it does until somebody scrolls",
      content.opened,
      "ms",
      10,
      `thread time, best ${content.openedBest.toFixed(1)}; the first ${content.links} links placed; first task ${content.first.toFixed(1)}`,
    ),
    budget(
      "content script, arXiv list of 2,000: the longest task",
      content.longest,
      "ms",
      10,
      `${content.slices} tasks, all but the first when the browser is idle`,
    ),
    against("content script, arXiv list of 2,000: all tasks, once scrolled to its end", content.total, "bare loop", content.bare, "<= 1.2"),
    budget(
      "content script, page of 20,000 nodes that changes 60 times a second: the worst frame",
      busy.longest,
      "ms",
      2,
      `median of ${busy.slices} passes ${busy.median.toFixed(2)}`,
    ),
    budget("click to tab, sleeping worker", click.wake, "ms", 50, best(click)),
    against("click to tab, sleeping worker", click.wake, "bare extension", bareClick.wake, "<= 1.2"),
    against("click to tab, running worker", click.warm, "bare extension", bareClick.warm, "<= 1.2"),
    budget("background: what a click on a link or page loads", bytes.background, "bytes", 25_000, `${bytes.later} more when a text is read`),
    budget("content script", bytes.content, "bytes", 20_000),
  ];
}
