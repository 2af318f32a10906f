// `scholium papers TEXT`: the paper IDs in a text, and where they open.

import { answerPapers } from "../papers/index.js";
import { visible } from "./text.js";

export function papers(text: string): string {
  const { ids, urls, search } = answerPapers({ from: "selection", value: text, now: new Date().toISOString().slice(0, 7) });
  const lines = ids.map((p) => `${p.source}\t${p.id}${p.version ? ` v${p.version}` : ""}`);
  if (ids.length === 0) lines.push(search ? `no paper ID; a search for: ${visible(search)}` : "no paper ID");
  return [...lines, ...urls.map((u) => `open\t${u}`)].join("\n");
}
