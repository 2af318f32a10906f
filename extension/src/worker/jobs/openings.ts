// The addresses that open the papers of a selection at the preferred place; words without a paper become a search.
import { detectInText, openSomewhere, planText } from "@scholium/core/papers";
import { textOf } from "../texts.js";
import type { Handler } from "./index.js";
import { placesOf } from "./papers.js";

export const openings: Handler<"openings"> = async ({ place, now, destinations }, { copies }) => {
  const { text } = textOf(copies, place);
  const refs = detectInText(text, { now });
  if (refs.length) return { urls: openSomewhere(refs, placesOf(destinations)[0]) };
  const plan = planText(text, { now });
  return { urls: plan.kind === "none" ? [] : [...plan.urls] };
};
