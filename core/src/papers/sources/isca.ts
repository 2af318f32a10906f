// ISCA Archive: the papers of Interspeech.
import type { PaperSource } from "../paper.js";

export const isca: PaperSource = {
  id: "isca",
  name: "ISCA",
  hosts: ["isca-archive.org", "isca-speech.org"],
  paths: ["interspeech_*/*", "archive/interspeech_*/*"],
  ids: /^interspeech_(?:19|20)\d{2}\/[a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,3}(?:_interspeech)?$/i,
  forms: [/^(?:archive\/)?(?:pdfs\/)?(interspeech_\d{4})\/([^/.]+)(?:\.(?:html|pdf))?$/],
  page: (id) => `https://www.isca-archive.org/${id}.html`,
  pdf: (id) => `https://www.isca-archive.org/${id}.pdf`,
};
