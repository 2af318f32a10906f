// AAAI proceedings on OJS: an article number.
import type { PaperRef, PaperSource } from "../paper.js";

/** The paper of an article number, or null. */
export const parseAaai = (id: string): PaperRef | null => (/^[1-9]\d{0,6}$/.test(id) ? { source: "aaai", id } : null);

export const aaai: PaperSource = {
  id: "aaai",
  name: "AAAI",
  hosts: ["ojs.aaai.org"],
  paths: ["index.php/AAAI/article/*"],
  inAddress({ segments: s }) {
    const [script, journal, article, action, id] = s;
    if (script !== "index.php" || journal?.toUpperCase() !== "AAAI" || article !== "article" || !/^(?:view|download)$/.test(action ?? "")) return [];
    const ref = parseAaai(id ?? "");
    return ref ? [ref] : [];
  },
  inDoi(doi) {
    const m = /^10\.1609\/aaai\.v\d{1,3}i\d{1,3}\.(\d{1,7})$/i.exec(doi);
    return m ? parseAaai(m[1]) : null;
  },
  toCool: (ref) => `${ref.id}@AAAI`,
  fromCool: { suffix: "AAAI", read: ([id, more]) => (more === undefined ? parseAaai(id) : null) },
  page: (ref) => `https://ojs.aaai.org/index.php/AAAI/article/view/${ref.id}`,
};
