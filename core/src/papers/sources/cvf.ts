// CVF Open Access: conferences and workshops of computer vision; a paper is its file name.
import type { PaperRef, PaperSource } from "../paper.js";
import { encodePath, titleOfSlug } from "../paper.js";

/** Conferences that papers.cool lists from here. */
const COOL = /^(?:CVPR|ICCV)\d{4}$/;

/** The paper `stem` of a conference such as `CVPR2025`, or null. */
export function parseCvf(conference: string, stem: string): PaperRef | null {
  if (!/^(?:CVPR|ICCV|WACV|ECCV|ACCV)W?(?:19|20)\d{2}$/.test(conference) || !/^[^/@\s,]{3,240}$/.test(stem)) return null;
  return { source: "cvf", id: `${conference}/${stem}`, title: titleOfSlug(stem.replace(/^[^_]+_/, "")) };
}

/** Where the files of a conference are: one folder a year since 2021, `content_CVPR_2019` before. */
function folder(id: string, kind: "html" | "papers"): string {
  const [, name, year] = /^([A-Z]+)(\d{4})$/.exec(id.split("/")[0])!;
  // A workshop's folder does not follow from the ID: the list of that year's workshops is as near as one can get.
  if (name.endsWith("W")) return `https://openaccess.thecvf.com/${name.slice(0, -1)}${year}_workshops/menu`;
  const stem = id.slice(id.indexOf("/") + 1);
  const directory = Number(year) >= 2021 ? `content/${name}${year}` : `content_${name}_${year}`;
  return `https://openaccess.thecvf.com/${directory}/${kind}/${encodePath(`${stem}_${name}_${year}`)}_paper.${kind === "html" ? "html" : "pdf"}`;
}

export const cvf: PaperSource = {
  id: "cvf",
  name: "CVF",
  hosts: ["openaccess.thecvf.com"],
  paths: ["content*/html/*", "content*/papers/*", "content*/supplemental/*"],
  inAddress({ segments: s }) {
    if (s.length < 3 || !/^content(?:_|$)/i.test(s[0]) || !s.slice(1, -1).some((x) => /^(?:html|papers|supplemental)$/i.test(x))) return [];
    const m = /^(.{3,240})_(CVPR|ICCV|WACV|ECCV|ACCV)(W?)_(\d{4})_(?:paper|supplemental)\.(?:html|pdf)$/i.exec(s[s.length - 1]);
    const ref = m && parseCvf(`${m[2].toUpperCase()}${m[3].toUpperCase()}${m[4]}`, m[1]);
    return ref ? [ref] : [];
  },
  toCool(ref) {
    const [conference, stem] = [ref.id.slice(0, ref.id.indexOf("/")), ref.id.slice(ref.id.indexOf("/") + 1)];
    return COOL.test(conference) ? `${stem}@${conference}@CVF` : null;
  },
  fromCool: { suffix: "CVF", read: ([stem, conference, more]) => (conference && more === undefined ? parseCvf(conference, stem) : null) },
  page: (ref) => folder(ref.id, "html"),
  pdf: (ref) => folder(ref.id, "papers"),
};
