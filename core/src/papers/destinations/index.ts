// Every place to open papers at; the order is the order menus show them in.
import { aclAnthology } from "./aclAnthology.js";
import { alphaxiv } from "./alphaxiv.js";
import { arxivAbs } from "./arxivAbs.js";
import { arxivHtml } from "./arxivHtml.js";
import { arxivPdf } from "./arxivPdf.js";
import { coolPapers } from "./coolPapers.js";
import type { Destination } from "./destination.js";
import { huggingFace } from "./huggingFace.js";
import { openReview } from "./openReview.js";
import { originalPage } from "./originalPage.js";
import { originalPdf } from "./originalPdf.js";
import { scholar } from "./scholar.js";
import { semanticScholar } from "./semanticScholar.js";

export const destinations: readonly Destination[] = [
  coolPapers,
  arxivAbs,
  arxivPdf,
  arxivHtml,
  alphaxiv,
  huggingFace,
  semanticScholar,
  openReview,
  aclAnthology,
  scholar,
  originalPage,
  originalPdf,
];

/** A destination by its ID; Cool Papers for an unknown one. */
export const destinationOf = (id: string): Destination => destinations.find((d) => d.id === id) ?? coolPapers;

export type { Destination };
