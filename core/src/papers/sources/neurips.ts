// NeurIPS proceedings: a year and a hash, or a number and a slug before 2020.
import type { PaperSource } from "../paper.js";
import { titleOfSlug } from "../paper.js";

export const neurips: PaperSource = {
  id: "neurips",
  name: "NeurIPS",
  hosts: ["papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc", "proceedings.nips.cc"],
  paths: ["paper/*", "paper_files/paper/*"],
  inAddress({ segments }) {
    const s = segments[0] === "paper_files" ? segments.slice(1) : segments;
    if (s[0] !== "paper") return [];
    if (s.length === 4 && /^(?:19|20)\d{2}$/.test(s[1]) && /^(?:hash|file)$/.test(s[2])) {
      const m = /^([0-9a-f]{32})-/i.exec(s[3]);
      return m ? [{ source: "neurips", id: `${s[1]}/${m[1].toLowerCase()}` }] : [];
    }
    const m = s.length === 2 ? /^([1-9]\d{0,4})-([a-z0-9][a-z0-9_.-]{2,200})$/i.exec(s[1]) : null;
    if (!m) return [];
    const title = titleOfSlug(m[2].replace(/\.(?:pdf|zip|html)$/i, "").replace(/-(?:supplemental|reviews)$/, ""));
    return [{ source: "neurips", id: m[1], title }];
  },
  page: ({ id, title }) => {
    const [year, hash] = id.split("/");
    if (hash) return `https://proceedings.neurips.cc/paper_files/paper/${year}/hash/${hash}-Abstract${Number(year) > 2021 ? "-Conference" : ""}.html`;
    return title ? `https://papers.nips.cc/paper/${id}-${encodeURIComponent(title.replace(/ /g, "-"))}` : `https://papers.nips.cc/paper/${id}`;
  },
};
