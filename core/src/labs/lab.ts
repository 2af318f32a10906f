// A lab: one claim that can be tried by hand. Its inputs, its figures for any of their values, and what it does not show; plain data and pure functions.

import type { Figure } from "../figure/index.js";

/** A text in both languages of the product. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Says a text in the reader's language. */
export type Say = (text: Text) => string;

export const english: Say = (text) => text.en;

/** Speaks the language of a locale; English where it is none of ours. */
export const speaking = (locale: string): Say => (locale.toLowerCase().startsWith("zh") ? (text) => text.zh : english);

interface Named {
  readonly name: string;
  readonly label: Text;
}

/** A number in [min, max] that moves by `step`; on a log scale by factors, `step` being the smallest difference that matters at `min`. */
export interface RangeInput extends Named {
  readonly kind: "range";
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly scale?: "log";
  readonly unit?: string;
}

export interface ChoiceInput extends Named {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: Text }[];
  readonly value: string;
}

/** The same seed gives the same numbers. */
export interface SeedInput extends Named {
  readonly kind: "seed";
  readonly value: number;
}

export type Input = RangeInput | ChoiceInput | SeedInput;

/** Values of all inputs of a lab. */
export type Values = Readonly<Record<string, number | string>>;

/** What there is to see: one to three figures, and a few numbers. */
export interface LabView {
  readonly figures: readonly Figure[];
  readonly facts: readonly { readonly label: Text; readonly value: string }[];
}

/** A step of a training; the figures are made only when they are asked for. */
export interface TrainingStep {
  readonly done: number;
  readonly total: number;
  view(): LabView;
}

export interface TrainingEnd extends LabView {
  /** "diverged" when numbers stopped being finite; the figures then end with the last finite step. */
  readonly status: "done" | "diverged";
}

export const labTopics = ["training", "optimization", "generation", "matrices", "sequences"] as const;
export type LabTopic = (typeof labTopics)[number];

export interface Lab {
  /** Its name in links and commands. */
  readonly id: string;
  readonly topic: LabTopic;
  readonly title: Text;
  /** One sentence that can be true or false. */
  readonly claim: Text;
  /** At most 120 words. */
  readonly story: Text;
  readonly inputs: readonly Input[];
  readonly presets?: readonly { readonly label: Text; readonly values: Values }[];
  /** The figures at these values, in the reader's language: of a trained lab, what there is before training. */
  view(values: Values, say?: Say): LabView;
  /** Trains step by step, in the caller's hands between steps. */
  train?(values: Values, say?: Say): Generator<TrainingStep, TrainingEnd>;
  readonly doesNotShow: Text;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

export const both = (en: string, zh: string): Text => ({ en, zh });

/** The number an input has; the values are complete (see `readValues`). */
export const numberOf = (values: Values, name: string): number => Number(values[name]);
export const choiceOf = <T extends string>(values: Values, name: string): T => String(values[name]) as T;

export const seedInput: SeedInput = { kind: "seed", name: "seed", label: both("Seed", "随机种子"), value: 1 };
export const arxiv = (id: string, title: string) => ({ title: `${title} (arXiv ${id})`, url: `https://arxiv.org/abs/${id}` });
export const kexue = (id: number, title: string) => ({ title: `${title} (kexue.fm ${id})`, url: `https://kexue.fm/archives/${id}` });
