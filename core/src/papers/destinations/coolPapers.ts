import { coolPapersUrls, coolSearchUrl, isOnCoolPapers } from "../coolPapers.js";
import type { Destination } from "./destination.js";

/** papers.cool: many papers a tab; a paper it has no address for is searched by its title, if that is known. */
export const coolPapers: Destination = {
  id: "coolpapers",
  name: "Cool Papers",
  has: (ref) => isOnCoolPapers(ref) || Boolean(ref.title),
  urls: (refs) => [...coolPapersUrls(refs), ...refs.filter((r) => !isOnCoolPapers(r) && r.title).map((r) => coolSearchUrl(r.title!, "venue"))],
  search: (query) => coolSearchUrl(query),
};
