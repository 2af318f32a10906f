// CVF Open Access: conferences and workshops of computer vision; a paper is its file name.
import { encodePath, type PaperSource, titleOfSlug } from "../paper.js";

/** Where the files of a conference are: one folder a year since 2021, `content_CVPR_2019` before. */
function file(id: string, kind: "html" | "papers"): string {
  const [, name, year, stem] = /^([A-Z]+)(\d{4})\/(.+)$/.exec(id)!;
  const base = "https://openaccess.thecvf.com/";
  // A workshop's folder does not follow from the ID: the list of that year's workshops is as near as one can get.
  if (name.endsWith("W")) return `${base}${name.slice(0, -1)}${year}_workshops/menu`;
  const folder = Number(year) > 2020 ? `content/${name}${year}` : `content_${name}_${year}`;
  return `${base}${folder}/${kind}/${encodePath(`${stem}_${name}_${year}`)}_paper.${kind === "html" ? kind : "pdf"}`;
}

export const cvf: PaperSource = {
  id: "cvf",
  name: "CVF",
  hosts: ["openaccess.thecvf.com"],
  paths: ["content*/html/*", "content*/papers/*", "content*/supplemental/*"],
  ids: /^(?:CVPR|ICCV|WACV|ECCV|ACCV)W?(?:19|20)\d{2}\/[^/@\s,]{3,240}$/,
  forms: [
    /^content[^/]*\/(?:[^/]+\/){0,4}?(?:html|papers|supplemental)\/(?:[^/]+\/){0,4}?([^/]{3,240})_([A-Z]{4}W?)_(\d{4})_(?:paper|supplemental)\.(?:html|pdf)$/i,
  ],
  join: (stem, conference, year) => `${conference.toUpperCase()}${year}/${stem}`,
  title: (id) => titleOfSlug(id.replace(/^[^_]+_/, "")),
  cool: "CVF",
  coolOnly: /^(?:CVPR|ICCV)\d/,
  page: (id) => file(id, "html"),
  pdf: (id) => file(id, "papers"),
};
