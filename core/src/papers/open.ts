// The addresses to open for papers at a chosen place, with what to do about those it does not have.
import { coolPapers } from "./destinations/coolPapers.js";
import type { Destination } from "./destinations/destination.js";
import type { PaperRef } from "./paper.js";
import { uniquePapers } from "./paper.js";
import { originalUrl } from "./sources/index.js";

export interface Opening {
  readonly urls: readonly string[];
  /** The papers the place does not have. */
  readonly left: readonly PaperRef[];
}

/** The addresses of papers at one place. */
export function openAt(refs: readonly PaperRef[], place: Destination): Opening {
  const papers = uniquePapers(refs);
  return { urls: place.urls(papers.filter(place.has)), left: papers.filter((ref) => !place.has(ref)) };
}

/** The addresses of papers at one place; those it does not have at Cool Papers, and those that one does not have either on their own pages. */
export function openSomewhere(refs: readonly PaperRef[], place: Destination): string[] {
  const first = openAt(refs, place);
  const second = place === coolPapers ? { urls: [], left: first.left } : openAt(first.left, coolPapers);
  return [...new Set([...first.urls, ...second.urls, ...second.left.map((ref) => originalUrl(ref))])];
}
