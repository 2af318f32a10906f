import { arxivOnly, withVersion } from "./destination.js";

/** Comments and summaries beside the paper. */
export const alphaxiv = arxivOnly("alphaxiv", "alphaXiv", (id, ref) => `https://www.alphaxiv.org/abs/${withVersion(id, ref)}`);
