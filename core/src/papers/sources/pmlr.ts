// Proceedings of Machine Learning Research: a volume and a paper's name, also at JMLR's former address and in the volume's repository.
import type { PaperSource } from "../paper.js";

export const pmlr: PaperSource = {
  id: "pmlr",
  name: "PMLR",
  hosts: ["proceedings.mlr.press", "jmlr.org", "jmlr.csail.mit.edu", "raw.githubusercontent.com"],
  paths: ["v*/*", "proceedings/papers/*", "mlresearch/*"],
  ids: /^v[1-9]\d{0,3}\/[a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,2}$/i,
  forms: [/^(?:proceedings\/papers\/|mlresearch\/)?(v\d{1,4})\/(?:[^/]+\/){0,4}?([\w-]{3,64}?)(?:-supp)?(?:\.(?:html|pdf|zip))?$/i],
  cool: "PMLR",
  page: (id) => `https://proceedings.mlr.press/${id}.html`,
  pdf: (id) => `https://proceedings.mlr.press/${id}/${id.split("/")[1]}.pdf`,
};
