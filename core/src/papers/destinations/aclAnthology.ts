import { originalUrl } from "../sources/index.js";
import { onePerPage } from "./destination.js";

/** The ACL Anthology's page of a paper. */
export const aclAnthology = onePerPage(
  "acl",
  "ACL Anthology",
  (ref) => (ref.source === "acl" ? originalUrl(ref) : null),
  (q) => `https://aclanthology.org/search/?q=${q}`,
);
