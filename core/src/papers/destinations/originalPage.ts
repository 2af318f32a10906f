import { originalUrl } from "../sources/index.js";
import { onePerPage } from "./destination.js";

/** The paper's own page, where it was published. */
export const originalPage = onePerPage("original", "Original page", (ref) => originalUrl(ref, "page"));
