// Texts that nobody should write: every one gives statements or a FormulaFailure, in bounded time.

import { readFileSync } from "node:fs";
import { FormulaFailure } from "../../core/src/expr/index.js";
import { latex, printLatexStatement } from "../../core/src/formats/latex.js";

/** Longest time one text of the sizes made here may take, in milliseconds. */
const slowest = 2000;

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pieces =
  "{ } ( ) [ ] \\left( \\right) \\left. \\right| | \\| _ ^ ' ! & \\\\ , ; . = < + - * / \\frac \\sqrt \\sum \\int \\lim \\max \\begin{pmatrix} \\end{pmatrix} \\begin{cases} \\end{cases} \\begin{aligned} \\end{aligned} \\text{if} \\mathrm{tr} \\operatorname{foo} \\sin \\log \\alpha x y A 1 2.5 10^{10^{10}} d \\partial \\nabla \\cdot \\times \\cdots \\hat \\bar \\mathbf \\to \\in \\mid \\{ \\} \\newcommand{\\a}{\\a\\a} \\a \\xrightarrow $ $$ % \\underbrace \\overset \\not \\label{a} \\tag 中文 ² ½ ∑ −".split(
    " ",
  );

/** One text, and where it came from. */
export function makeText(random: () => number, corpus: readonly string[]): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kind = Math.floor(random() * 5);
  const length = Math.floor(random() ** 3 * 3000) + 1;
  if (kind === 0) return Array.from({ length }, () => String.fromCharCode(Math.floor(random() * (random() < 0.8 ? 128 : 65536)))).join("");
  if (kind === 1) return Array.from({ length: Math.ceil(length / 4) }, () => pick(pieces)).join(random() < 0.5 ? "" : " ");
  if (kind === 2) return pick(pieces).repeat(length * 4);
  const base = pick(corpus);
  if (kind === 3) {
    const [a, b] = [Math.floor(random() * base.length), Math.floor(random() * base.length)];
    return base.slice(0, a) + pick(pieces) + base.slice(b);
  }
  const other = pick(corpus);
  return base.slice(0, Math.floor(random() * base.length)) + other.slice(Math.floor(random() * other.length));
}

export function corpusTexts(): string[] {
  const data = JSON.parse(readFileSync(new URL("../data/formula/corpus.json", import.meta.url), "utf8")) as {
    cases: { language: string; input: string }[];
  };
  return data.cases.filter((c) => c.language === "latex").map((c) => c.input);
}

/** What went wrong with one text, or null. */
export function trial(text: string): string | null {
  const start = performance.now();
  try {
    for (const s of latex.parse(text).statements) printLatexStatement(s);
  } catch (e) {
    if (!(e instanceof FormulaFailure)) return `${e instanceof Error ? e.stack : e}`;
    const [a, b] = e.error.range;
    if (!(a >= 0 && b <= text.length && a <= b)) return `range ${a}..${b} outside a text of ${text.length}`;
  }
  const time = performance.now() - start;
  return time > slowest ? `took ${time.toFixed(0)} ms` : null;
}

/** Tries texts for so many seconds; throws at the first that breaks the promise. */
export function run(seconds: number, seed: number): { readonly tried: number } {
  const random = seeded(seed);
  const corpus = corpusTexts();
  const end = performance.now() + seconds * 1000;
  let tried = 0;
  while (performance.now() < end) {
    const text = makeText(random, corpus);
    const wrong = trial(text);
    if (wrong) throw new Error(`seed ${seed}, text ${tried}: ${wrong}\n${JSON.stringify(text.slice(0, 2000))}`);
    tried++;
  }
  return { tried };
}
