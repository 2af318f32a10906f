// The texts of the panel in the editor's language, by key; the view has no language of its own.
import type { Texts } from "./l10n.js";

/** Key -> English text, in the order of the panel. */
export const PANEL_TEXTS = {
  pinned: "Pinned",
  pin: "Keep this value",
  goto: "Go to formula",
  copy: "Copy as",
  save: "Save",
  restart: "Restart engine",
  example: "Open a sample",
  spectrum: "Singular values",
  facts: "Facts",
  table: "Show as table",
  picture: "Show as picture",
  cell: "row {0}, column {1}: {2}",
  shown: "means of blocks, {0} × {1} shown of {2} × {3}",
  scale: "Colours",
  diverging: "Diverging",
  sequential: "Sequential",
  log: "Logarithmic",
  auto: "Automatic",
  keys: "Keys",
  help: "Arrows move the cell cursor, Shift makes ten steps, Home and End go to the ends of the row, with Ctrl to the corners. + and − zoom, 0 fits, Alt with arrows pans. d, s and l choose the colours, f follows or keeps, t shows a table, Esc returns to the editor.",
} as const;

export type PanelText = keyof typeof PANEL_TEXTS;

export const panelTexts = (texts: Texts) => Object.entries(PANEL_TEXTS).map(([key, text]) => ({ key, text: texts.t(text) }));
