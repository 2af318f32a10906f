// Match patterns of the addresses that name papers: where menus appear, and which links they appear on.
import { sources } from "./sources/index.js";
import { mirrors } from "./sources/mirrors.js";
import { PAPERS_COOL } from "./sources/papersCool.js";

const of = (hosts: readonly string[], paths: readonly string[]) => hosts.flatMap((host) => paths.map((path) => `*://*.${host}/${path}`));

/** Pages of papers, by source and mirror. */
export const paperPagePatterns: readonly string[] = [...[...sources, ...mirrors].flatMap((p) => of(p.hosts, p.paths)), "file:///*.pdf"];

/** Pages of papers.cool that show papers. */
export const coolPagePatterns: readonly string[] = of([PAPERS_COOL], ["arxiv/*", "venue/*"]);

/** Links to papers, also by DOI, through redirectors and archives. */
export const paperLinkPatterns: readonly string[] = [
  ...paperPagePatterns,
  ...coolPagePatterns,
  ...of(["doi.org"], ["10.48550/*", "10.18653/*", "10.3115/*", "10.24963/*", "10.1609/*"]),
  ...["arxiv.org", "openreview.net", "aclanthology.org"].map((host) => `*://*/*${host}*`),
];
