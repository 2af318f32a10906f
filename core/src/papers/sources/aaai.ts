// AAAI proceedings on OJS, at its present and former address: an article number.
import type { PaperSource } from "../paper.js";

export const aaai: PaperSource = {
  id: "aaai",
  name: "AAAI",
  hosts: ["aaai.org"],
  paths: ["index.php/AAAI/article/*", "ojs/index.php/AAAI/article/*"],
  ids: /^[1-9]\d{0,6}$/,
  forms: [/^(?:ojs\/)?index\.php\/AAAI\/article\/(?:view|download)\/(\d+)(?:\/|$)/i],
  doi: /^10\.1609\/aaai\.v\d+i\d+\.(\d+)$/i,
  cool: "AAAI",
  page: (id) => `https://ojs.aaai.org/index.php/AAAI/article/view/${id}`,
};
