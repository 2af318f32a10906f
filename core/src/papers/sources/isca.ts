// ISCA Archive: the papers of Interspeech.
import type { PaperSource } from "../paper.js";

export const isca: PaperSource = {
  id: "isca",
  name: "ISCA",
  hosts: ["isca-archive.org", "isca-speech.org"],
  paths: ["interspeech_*/*", "archive/interspeech_*/*"],
  inAddress({ segments }) {
    const s = (segments[0] === "archive" ? segments.slice(1) : segments).filter((x) => x !== "pdfs");
    const [folder, file] = s;
    if (s.length !== 2 || !/^interspeech_(?:19|20)\d{2}$/.test(folder)) return [];
    const m = /^([a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,3}(?:_interspeech)?)(?:\.(?:html|pdf))?$/i.exec(file);
    return m ? [{ source: "isca", id: `${folder}/${m[1]}` }] : [];
  },
  page: (ref) => `https://www.isca-archive.org/${ref.id}.html`,
  pdf: (ref) => `https://www.isca-archive.org/${ref.id}.pdf`,
};
