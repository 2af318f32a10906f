// The texts of the labs' page in the editor's language; what a lab says itself comes from the engine.
import { figurePhrases } from "@scholium/core/figure";
import type { Texts } from "./l10n.js";

export const LAB_TEXTS = [
  "Controls",
  "Figures",
  "Presets",
  "Reset",
  "Copy link",
  "Insert into note",
  "All labs",
  "Play",
  "Pause",
  "Resume",
  "Step",
  "Cancel",
  "Training",
  "Step {0} of {1}",
  "Paused at step {0} of {1}",
  "Trained: {0} steps",
  "Diverged; the figures end with the last finite step.",
  "Cancelled after step {0} of {1}",
  "What this toy does not show",
  "Sources",
  "Show as table",
  "Show as picture",
  "{0}: {1} is out of range; {2} is taken.",
  "{0}: {1} is not a number; {2} is taken.",
  "{0}: there is no choice {1}; {2} is taken.",
  "This lab has no input named {0}.",
  "Turn with the arrow keys.",
] as const;

export type LabText = (typeof LAB_TEXTS)[number];

/** Only what differs from English is sent. */
export const labTexts = (texts: Texts) =>
  [...LAB_TEXTS, ...Object.values(figurePhrases)].map((key) => ({ key, text: texts.t(key) })).filter(({ key, text }) => key !== text);
