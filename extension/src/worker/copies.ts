// The worker's copies of documents, kept in step by edits; each with core's model of its formulas, made when it is first asked for.
import { editDocument, type FormulaDocument, openDocument } from "@scholium/core/formula";
import { applyChanges, type Change } from "../edits.js";
import type { ToWorker } from "../protocol.js";

export interface Copy {
  readonly version: number;
  readonly language: string;
  readonly text: string;
  /** Regions, definitions and what depends on what. */
  model(): FormulaDocument;
}

export interface Copies {
  apply(message: ToWorker & { type: "open" | "edit" | "close" }): void;
  get(uri: string): Copy | undefined;
}

function copy(
  version: number,
  language: string,
  text: string,
  make: () => FormulaDocument,
): Copy & { readonly made: () => FormulaDocument | undefined } {
  let model: FormulaDocument | undefined;
  return {
    version,
    language,
    text,
    model: () => (model ??= make()),
    made: () => model,
  };
}

/** The model after edits that all refer to the text before them; from the last to the first they do not disturb each other. */
function edited(model: FormulaDocument, changes: readonly Change[]): FormulaDocument {
  let out = model;
  for (const c of [...changes].sort((a, b) => b.start - a.start))
    out = editDocument(out, { cell: 0, start: c.start, end: c.start + c.length, text: c.text });
  return out;
}

export function documentCopies(): Copies {
  const copies = new Map<string, ReturnType<typeof copy>>();
  const open = (language: string, text: string) => openDocument([{ language, text }]);
  return {
    apply(message) {
      if (message.type === "close") copies.delete(message.uri);
      else if (message.type === "open") {
        const { uri, version, language, text } = message;
        copies.set(
          uri,
          copy(version, language, text, () => open(language, text)),
        );
      } else {
        const old = copies.get(message.uri);
        if (!old) return;
        const text = applyChanges(old.text, message.changes);
        const model = old.made();
        copies.set(
          message.uri,
          copy(message.version, old.language, text, () => (model ? edited(model, message.changes) : open(old.language, text))),
        );
      }
    },
    get: (uri) => copies.get(uri),
  };
}
