// ACL Anthology: IDs of both styles (`2024.acl-long.1`, `P19-1001`), its present and former hosts.
import type { PaperRef, PaperSource } from "../paper.js";

// A venue has a letter, so that a span of dates (`2024.05-06.01`) is none.
const ID = "(?:19|20)\\d{2}\\.(?=[0-9_]{0,39}[a-z])[a-z0-9_]{1,40}-[a-z0-9_]{1,40}\\.\\d{1,5}|[A-Z]\\d{2}-\\d{4}";
const IDS = new RegExp(`^(?:${ID})$`, "i");

/** The paper of an Anthology ID, or null: lower case in the new style, an upper-case letter in the old. */
export function parseAclId(text: string): PaperRef | null {
  return IDS.test(text) ? { source: "acl", id: text.length === 8 ? text.toUpperCase() : text.toLowerCase() } : null;
}

export const acl: PaperSource = {
  id: "acl",
  name: "ACL Anthology",
  hosts: ["aclanthology.org", "aclanthology.info", "aclweb.org"],
  paths: [..."12ACDEFHIJKLMNOPQRSTUWXY"].map((c) => `${c}*`).concat("anthology/*"),
  ids: IDS,
  forms: [
    // The former hosts keep the Anthology in a folder, some with the letter and the volume as folders (`P/P18/P18-1001`).
    new RegExp(`^(?:(?:anthology[^/]*|papers|pdf)/(?:[^/]+/){0,4})?(${ID})(?:v\\d{1,2})?(?:\\.(?:pdf|bib|xml|endf|mp4))?$`, "i"),
    new RegExp(`^(?:anthology/)?attachments/(?:[^/]+/){0,3}(${ID})(?:v\\d{1,2})?(?:[._-][^/]*)?$`, "i"),
  ],
  doi: /^10\.(?:18653|3115)\/v1\/(.+)$/i,
  read: parseAclId,
  cool: "ACL",
  page: (id) => `https://aclanthology.org/${id}/`,
  pdf: (id) => `https://aclanthology.org/${id}.pdf`,
};
