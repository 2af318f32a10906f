// Match patterns of the addresses that name papers: where menus appear, and which links they appear on.
import { PAPERS_COOL } from "./sources/papersCool.js";

/** What is told about where papers are: a source, or a site that mirrors one. */
export interface PaperPlace {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
}

const of = (hosts: readonly string[], paths: readonly string[]) => hosts.flatMap((host) => paths.map((path) => `*://*.${host}/${path}`));

/** Pages of papers. */
export const pagePatterns = (places: readonly PaperPlace[]): string[] => [...places.flatMap((p) => of(p.hosts, p.paths)), "file:///*.pdf"];

/** Pages of papers.cool that show papers. */
export const coolPagePatterns = (): string[] => of([PAPERS_COOL], ["arxiv/*", "venue/*"]);

/** Links to papers, also by DOI, through redirectors and archives. */
export const linkPatterns = (places: readonly PaperPlace[]): string[] => [
  ...pagePatterns(places),
  ...coolPagePatterns(),
  ...of(["doi.org"], ["10.48550/*", "10.18653/*", "10.3115/*", "10.24963/*", "10.1609/*"]),
  ...["arxiv.org", "openreview.net", "aclanthology.org"].map((host) => `*://*/*${host}*`),
];
