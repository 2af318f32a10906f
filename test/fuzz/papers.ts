// Texts and addresses nobody would write: the paper rules answer in bounded time, never throw, and build only addresses they may.
import { answerPapers, destinations, detectInText, detectInUrl, openSomewhere, toBibtex, toMarkdown } from "@scholium/core/papers";

/** Longest time one text may take, in milliseconds. */
const SLOWEST = 1000;

/** A seeded generator of numbers in [0, 1) (mulberry32). */
function seeded(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = (
  "arXiv: arxiv preprint 2401.12345 v2 1409.0473 hep-th/9901001 https:// http:// view-source: blob: file:/// arxiv.org /abs/ /pdf/ openreview.net /forum?id= LcF-EEt8cCC " +
  "aclanthology.org 2024.acl-long.1 P19-1001 10.48550/arXiv. 10.18653/v1/ doi.org/ papers.cool/venue/ @OpenReview @2024@IJCAI @v139@PMLR ijcai.org/proceedings/ .pdf .html " +
  "%2F %253A %zz ? & = # . , ; : ( ) [ ] { } < > \" ' \\ \\_ - _ ~ @ $ ％ ． 。 １２３４ 中文 é ﬁ"
)
  .split(" ")
  .concat(" ", "\n", "\r\n", "\u200b", "\u00ad", "\ud835\udfd0", "\ud800", "\u0000", "\u202e");

/** A text of random pieces, now and then one piece repeated. */
function makeText(random: () => number): string {
  const pick = () => PIECES[Math.floor(random() * PIECES.length)];
  if (random() < 0.05)
    return pick()
      .repeat(1 + Math.floor(random() * 20_000))
      .slice(0, 100_000);
  return Array.from({ length: 1 + Math.floor(random() ** 2 * 60) }, pick).join("");
}

/** What is wrong with the answers for a text, or null. */
export function faultOf(text: string): string | null {
  const started = performance.now();
  try {
    const found = detectInText(text);
    for (const [i, p] of found.entries()) {
      if (p.start < 0 || p.end <= p.start || p.end > text.length || (i > 0 && p.start < found[i - 1].start))
        return `range ${p.start}..${p.end} of ${p.id}`;
      toMarkdown(p);
      toBibtex(p);
    }
    const urls = [found, detectInUrl(text)].flatMap((refs) => destinations.flatMap((d) => openSomewhere(refs, d)));
    urls.push(...answerPapers({ from: "menu", value: { selectionText: text, linkUrl: text, pageUrl: text } }).urls);
    for (const url of urls) if (!/^https:\/\/[a-z.]+\/[^\s"<>\\^`{|}]*$/.test(url)) return `address ${url}`;
  } catch (error) {
    return `threw ${error}`;
  }
  const ms = performance.now() - started;
  return ms > SLOWEST ? `${Math.round(ms)} ms` : null;
}

/** Fuzzes the paper rules for some seconds; answers how many texts passed and failed, and prints each failing one. */
export async function papers({ seconds = 10, seed = 1 } = {}): Promise<{ passed: number; failed: number }> {
  const random = seeded(seed);
  const end = Date.now() + seconds * 1000;
  const counts = { passed: 0, failed: 0 };
  while (Date.now() < end) {
    const text = makeText(random);
    const fault = faultOf(text);
    if (fault === null) counts.passed++;
    else {
      counts.failed++;
      console.log(`papers: ${fault}\n  ${JSON.stringify(text.slice(0, 400))}`);
    }
  }
  return counts;
}
