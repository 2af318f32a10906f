// What surrounds values in print-outs and console sessions.

import { fail } from "../../expr/index.js";

/** Blanks out what surrounds the value in a print-out or console session; places stay the same. */
export function stripConsole(given: string): string {
  const text = withoutMasks(given);
  if (!["Out", "In ", "In[", ">>>", "Parameter", "<tf.", "grad_fn"].some((mark) => text.includes(mark))) return text;
  const blank = (s: string) => s.replace(/[^\n]/g, " ");
  let t = text;
  const out = /(?:^|\n)[ \t]*Out ?\[\d+\]:/g;
  let last = -1;
  for (let m = out.exec(t); m; m = out.exec(t)) last = m.index + m[0].length;
  if (last >= 0) t = blank(t.slice(0, last)) + t.slice(last);
  t = t.replace(/(^|\n)([ \t]*In ?\[\d+\]: ?)/g, (_m, line: string, prompt: string) => line + " ".repeat(prompt.length));
  if (/(?:^|\n)[ \t]*>>> ?/.test(t)) t = session(t, blank);
  t = t.replace(/(^|\n)([ \t]*Parameter containing:)/g, (_m, line: string, head: string) => line + " ".repeat(head.length));
  t = t.replace(/<tf\.(?:Tensor|Variable)[^\n]*?numpy=/g, blank);
  if (t !== text && /<tf\./.test(text)) t = t.replace(/>\s*$/, blank);
  return t.replace(/grad_fn=<[^>\n]*>/g, (s) => `grad_fn=0${" ".repeat(s.length - 9)}`);
}

/** A masked entry, `--`, is no number: NaN. Between entries a minus has no second one after it. */
function withoutMasks(text: string): string {
  if (!text.includes("--") || !/^\s*(?:\w+\s*=\s*)?(?:masked_array\(|\[)/.test(text)) return text;
  return text.replace(/(?<=[[\s,])--(?=[\],\s])/g, "NA");
}

/** A session with prompts: what was printed last, or the code when nothing was printed. */
function session(text: string, blank: (s: string) => string): string {
  const lines = text.split("\n");
  const isPrompt = (l: string) => /^\s*(?:>>>|\.\.\.)(?:\s|$)/.test(l);
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "") end--;
  let start = end;
  while (start > 0 && !isPrompt(lines[start - 1] as string)) start--;
  if (start < end && start > 0) return lines.map((l, i) => (i < start ? blank(l) : l)).join("\n");
  return lines.map((l) => l.replace(/^\s*(?:>>>|\.\.\.) ?/, blank)).join("\n");
}

/** A shortened print-out is found by its dots before anything else can go wrong. */
export function findDots(text: string, hint: string): void {
  if (!/\.\.\.|…/.test(text) || !/^\s*(?:\w+\s*=\s*)?(?:[\w.]+\()?\s*\[/.test(text)) return;
  const m = /(?<=[\d.,\s[])(\.\.\.|…)(?=[,\s\]])/.exec(text);
  if (m && !/\[\s*\.\.\.\s*,/.test(text))
    fail("truncated", "the print-out is shortened: `...` stands for numbers that are missing", [m.index, m.index + (m[1] as string).length], hint);
}
