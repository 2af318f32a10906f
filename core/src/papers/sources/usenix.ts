// USENIX: a conference with its year, and a presentation's slug.
import type { PaperSource } from "../paper.js";

export const usenix: PaperSource = {
  id: "usenix",
  name: "USENIX",
  hosts: ["usenix.org"],
  paths: ["conference/*/presentation/*", "system/files/*"],
  ids: /^[a-z][a-z-]{1,30}\d{2}\/[a-z0-9][a-z0-9_-]{1,100}$/,
  forms: [/^conference\/([^/]+)\/presentation\/([^/]+)$/, /^system\/files\/(?:conference\/[^/]+\/)?([a-z]+\d{2})-([^/.]+)\.pdf$/],
  cool: "USENIX",
  coolOnly: /^(?:usenixsecurity|osdi|fast)\d/,
  page: (id) => `https://www.usenix.org/conference/${id.replace("/", "/presentation/")}`,
  pdf: (id) => `https://www.usenix.org/system/files/${id.replace("/", "-")}.pdf`,
};
