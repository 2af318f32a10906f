// IJCAI proceedings: a year and a number.
import type { PaperRef, PaperSource } from "../paper.js";

/** The paper `number` of IJCAI `year`, or null; leading zeros are dropped. */
export function parseIjcai(year: string, number: string): PaperRef | null {
  if (!/^(?:19|20)\d{2}$/.test(year) || !/^\d{1,5}$/.test(number) || Number(number) === 0) return null;
  return { source: "ijcai", id: `${year}/${Number(number)}` };
}

export const ijcai: PaperSource = {
  id: "ijcai",
  name: "IJCAI",
  hosts: ["ijcai.org"],
  paths: ["proceedings/*", "Proceedings/*"],
  inAddress({ segments: s }) {
    if (s.length !== 3 || s[0].toLowerCase() !== "proceedings") return [];
    const ref = parseIjcai(s[1], s[2].replace(/\.pdf$/i, ""));
    return ref ? [ref] : [];
  },
  inDoi(doi) {
    const m = /^10\.24963\/ijcai\.(\d{4})\/(\d{1,5})$/i.exec(doi);
    return m ? parseIjcai(m[1], m[2]) : null;
  },
  toCool: (ref) => `${ref.id.split("/").reverse().join("@")}@IJCAI`,
  fromCool: { suffix: "IJCAI", read: ([number, year, more]) => (year && more === undefined ? parseIjcai(year, number) : null) },
  page: (ref) => `https://www.ijcai.org/proceedings/${ref.id}`,
  pdf: (ref) => `https://www.ijcai.org/proceedings/${ref.id.replace(/\d+$/, (n) => n.padStart(4, "0"))}.pdf`,
};
