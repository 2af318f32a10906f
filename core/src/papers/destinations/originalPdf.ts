import { originalUrl, sourceOf } from "../sources/index.js";
import { onePerPage } from "./destination.js";

/** The paper's PDF, where it was published and its address follows from the ID. */
export const originalPdf = onePerPage("original-pdf", "Original PDF", (ref) => (sourceOf(ref.source).pdf ? originalUrl(ref, "pdf") : null));
