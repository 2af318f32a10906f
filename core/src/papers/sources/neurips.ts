// NeurIPS proceedings: a year and a hash, or a number and a slug before 2020.
import { type PaperSource, titleOfSlug } from "../paper.js";

export const neurips: PaperSource = {
  id: "neurips",
  name: "NeurIPS",
  hosts: ["papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc", "proceedings.nips.cc"],
  paths: ["paper/*", "paper_files/paper/*"],
  ids: /^(?:(?:19|20)\d{2}\/[0-9a-f]{32}|[1-9]\d{0,4})$/,
  inAddress({ segments }) {
    const path = segments.join("/");
    const hash = /^(?:paper_files\/)?paper\/((?:19|20)\d{2})\/(?:hash|file)\/([0-9a-f]{32})-/i.exec(path);
    if (hash) return [{ source: "neurips", id: `${hash[1]}/${hash[2].toLowerCase()}` }];
    const slug = /^(?:paper_files\/)?paper\/([1-9]\d{0,4})-([\w.-]{3,200}?)(?:-supplemental|-reviews)?(?:\.(?:pdf|zip|html))?$/i.exec(path);
    return slug ? [{ source: "neurips", id: slug[1], title: titleOfSlug(slug[2]) }] : [];
  },
  page: (id, { title }) => {
    const [year, hash] = id.split("/");
    if (hash)
      return `https://proceedings.neurips.cc/paper_files/paper/${id.replace("/", "/hash/")}-Abstract${Number(year) > 2021 ? "-Conference" : ""}.html`;
    return `https://papers.nips.cc/paper/${id}${title ? `-${encodeURIComponent(title.replace(/ /g, "-"))}` : ""}`;
  },
};
