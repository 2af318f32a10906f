// IJCAI proceedings: a year and a number.
import type { PaperSource } from "../paper.js";

export const ijcai: PaperSource = {
  id: "ijcai",
  name: "IJCAI",
  hosts: ["ijcai.org"],
  paths: ["proceedings/*", "Proceedings/*"],
  ids: /^(?:19|20)\d{2}\/[1-9]\d{0,4}$/,
  forms: [/^proceedings\/(\d{4})\/0*(\d+)(?:\.pdf)?$/i],
  doi: /^10\.24963\/ijcai\.(\d{4})\/0*(\d+)$/i,
  cool: "IJCAI",
  page: (id) => `https://www.ijcai.org/proceedings/${id}`,
  pdf: (id) => `https://www.ijcai.org/proceedings/${id.replace(/\d+$/, (n) => n.padStart(4, "0"))}.pdf`,
};
