// ACL Anthology: IDs of both styles (`2024.acl-long.1`, `P19-1001`), its present and former hosts.
import type { Address, PaperRef, PaperSource } from "../paper.js";

const NEW = /^(?:19|20)\d{2}\.[a-z0-9_]{1,40}-[a-z0-9_]{1,40}\.\d{1,5}$/i;
const OLD = /^[A-Z]\d{2}-\d{4}$/i;

/** The paper of an Anthology ID, or null: lower case in the new style, an upper-case letter in the old. */
export function parseAclId(text: string): PaperRef | null {
  if (NEW.test(text)) return { source: "acl", id: text.toLowerCase() };
  return OLD.test(text) ? { source: "acl", id: text.toUpperCase() } : null;
}

/** The ID a file is named after: `P18-1001v2.pdf`, `2022.acl-long.26.bib`. */
function idOfFile(name: string): PaperRef | null {
  const stem = name.replace(/\.(?:pdf|bib|xml|endf|mp4)$/i, "").replace(/(\d)v\d{1,2}$/, "$1");
  return parseAclId(stem);
}

/** The ID an attachment is named after: `2021.acl-long.42.Software.zip`. */
function idOfAttachment(name: string): PaperRef | null {
  const m = /^(\d{4}\.[a-z0-9_]{1,40}-[a-z0-9_]{1,40}\.\d{1,5}|[A-Z]\d{2}-\d{4})(?:v\d{1,2})?(?=[._-]|$)/i.exec(name);
  return m ? parseAclId(m[1]) : null;
}

function inAddress({ host, segments }: Address): PaperRef[] {
  const one = (ref: PaperRef | null) => (ref ? [ref] : []);
  // The former hosts keep the Anthology in a folder, some with the letter and the volume as folders (`P/P18/P18-1001`).
  const old = !host.endsWith("aclanthology.org");
  const s = host.endsWith("aclweb.org") ? (/^anthology/i.test(segments[0] ?? "") ? segments.slice(1) : []) : segments;
  if (s.length === 0) return [];
  if (s[0] === "attachments") return one(idOfAttachment(s[s.length - 1]));
  if (s.length === 1) return one(idOfFile(s[0]));
  return old && s.length <= 5 ? one(idOfFile(s[s.length - 1])) : [];
}

export const acl: PaperSource = {
  id: "acl",
  name: "ACL Anthology",
  hosts: ["aclanthology.org", "aclanthology.info", "aclweb.org"],
  paths: [
    "1*",
    "2*",
    "A*",
    "C*",
    "D*",
    "E*",
    "F*",
    "H*",
    "I*",
    "J*",
    "K*",
    "L*",
    "M*",
    "N*",
    "O*",
    "P*",
    "Q*",
    "R*",
    "S*",
    "T*",
    "U*",
    "W*",
    "X*",
    "Y*",
    "anthology/*",
  ],
  inAddress,
  inDoi(doi) {
    const m = /^10\.(?:18653|3115)\/v1\/(.+)$/.exec(doi);
    return m ? parseAclId(m[1]) : null;
  },
  toCool: (ref) => `${ref.id}@ACL`,
  fromCool: { suffix: "ACL", read: ([id, more]) => (more === undefined ? parseAclId(id) : null) },
  page: (ref) => `https://aclanthology.org/${ref.id}/`,
  pdf: (ref) => `https://aclanthology.org/${ref.id}.pdf`,
};
