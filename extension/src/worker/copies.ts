// The worker's copies of documents, kept in step by edits; each with core's model of its formulas, made when it is first asked for and
// edited from then on. The cells of a notebook share one model: a formula sees the definitions of the cells above.
import { editDocument, type FormulaDocument, openDocument } from "@scholium/core/formula";
import { applyChanges, type Change } from "../edits.js";
import type { ToWorker } from "../protocol.js";

export interface Copy {
  readonly uri: string;
  readonly version: number;
  readonly language: string;
  readonly text: string;
  /** The addresses of the model's texts in order; this one alone unless it is the cell of a notebook. */
  readonly order: readonly string[];
  /** Which of them this is. */
  readonly cell: number;
  /** Regions, definitions and what depends on what. */
  model(): FormulaDocument;
}

export interface Copies {
  apply(message: ToWorker & { type: "open" | "edit" | "close" | "family" }): void;
  get(uri: string): Copy | undefined;
}

interface Held {
  readonly version: number;
  readonly language: string;
  readonly text: string;
}

/** Texts that share a model, the model as far as it is made, and the edits since. */
interface Family {
  readonly order: readonly string[];
  model?: FormulaDocument;
  pending: { readonly cell: number; readonly changes: readonly Change[] }[];
}

/** After more edits than this a model is cheaper to make anew. */
const MOST_PENDING = 200;

/** The model after edits that all refer to the text before them; from the last to the first they do not disturb each other. */
function edited(model: FormulaDocument, cell: number, changes: readonly Change[]): FormulaDocument {
  let out = model;
  for (const c of [...changes].sort((a, b) => b.start - a.start))
    out = editDocument(out, { cell, start: c.start, end: c.start + c.length, text: c.text });
  return out;
}

export function documentCopies(): Copies {
  const texts = new Map<string, Held>();
  const families = new Map<string, Family>();

  const familyOf = (uri: string): Family => {
    let family = families.get(uri);
    if (!family) families.set(uri, (family = { order: [uri], pending: [] }));
    return family;
  };
  /** The family's model no longer follows from the last one. */
  const forget = (family: Family) => {
    family.model = undefined;
    family.pending = [];
  };

  function modelOf(family: Family): FormulaDocument {
    if (family.model) for (const { cell, changes } of family.pending) family.model = edited(family.model, cell, changes);
    else
      family.model = openDocument(
        family.order.map((uri) => {
          const held = texts.get(uri);
          return { language: held?.language ?? "plaintext", text: held?.text ?? "" };
        }),
      );
    family.pending = [];
    return family.model;
  }

  return {
    apply(message) {
      switch (message.type) {
        case "open": {
          const { uri, version, language, text } = message;
          texts.set(uri, { version, language, text });
          forget(familyOf(uri));
          return;
        }
        case "edit": {
          const old = texts.get(message.uri);
          if (!old) return;
          texts.set(message.uri, { ...old, version: message.version, text: applyChanges(old.text, message.changes) });
          const family = familyOf(message.uri);
          if (!family.model) return;
          family.pending.push({ cell: family.order.indexOf(message.uri), changes: message.changes });
          if (family.pending.reduce((n, p) => n + p.changes.length, 0) > MOST_PENDING) forget(family);
          return;
        }
        case "family": {
          const family: Family = { order: message.cells, pending: [] };
          for (const uri of message.cells) families.set(uri, family);
          return;
        }
        case "close": {
          texts.delete(message.uri);
          const family = families.get(message.uri);
          families.delete(message.uri);
          if (family) forget(family);
        }
      }
    },
    get(uri) {
      const held = texts.get(uri);
      if (!held) return undefined;
      const family = familyOf(uri);
      return { uri, ...held, order: family.order, cell: family.order.indexOf(uri), model: () => modelOf(family) };
    },
  };
}
