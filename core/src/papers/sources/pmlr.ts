// Proceedings of Machine Learning Research: a volume and a paper's name, also at JMLR's former address and in the volume's repository.
import { isHost } from "../address.js";
import type { Address, PaperRef, PaperSource } from "../paper.js";

/** The paper `name` of volume `vN`, or null. */
export function parsePmlr(volume: string, name: string): PaperRef | null {
  return /^v[1-9]\d{0,3}$/.test(volume) && /^[a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,2}$/i.test(name) ? { source: "pmlr", id: `${volume}/${name}` } : null;
}

function inAddress({ host, segments }: Address): PaperRef[] {
  let s = segments;
  if (host === "raw.githubusercontent.com" || host === "github.com") s = s[0] === "mlresearch" ? [s[1], s[s.length - 1]] : [];
  else if (!isHost(host, ["proceedings.mlr.press"])) s = s[0] === "proceedings" && s[1] === "papers" ? s.slice(2) : [];
  if (s.length < 2 || s.length > 3) return [];
  const name = s[s.length - 1].replace(/\.(?:html|pdf|zip)$/i, "").replace(/-supp(?:p)?$/, "");
  if (s.length === 3 && s[1] !== name) return [];
  const ref = parsePmlr(s[0], name);
  return ref ? [ref] : [];
}

export const pmlr: PaperSource = {
  id: "pmlr",
  name: "PMLR",
  hosts: ["proceedings.mlr.press", "raw.githubusercontent.com"],
  paths: ["v*/*"],
  inAddress,
  toCool: (ref) => `${ref.id.split("/").reverse().join("@")}@PMLR`,
  fromCool: { suffix: "PMLR", read: ([name, volume, more]) => (volume && more === undefined ? parsePmlr(volume, name) : null) },
  page: (ref) => `https://proceedings.mlr.press/${ref.id}.html`,
  pdf: (ref) => `https://proceedings.mlr.press/${ref.id}/${ref.id.split("/")[1]}.pdf`,
};
