import { isNewStyle } from "../sources/arxiv.js";
import { onePerPage } from "./destination.js";

/** Hugging Face's page of a paper, its models and data sets; old-style IDs are not there. */
export const huggingFace = onePerPage(
  "huggingface",
  "Hugging Face Papers",
  (ref) => (ref.source === "arxiv" && isNewStyle(ref.id) ? `https://huggingface.co/papers/${ref.id}` : null),
  (q) => `https://huggingface.co/papers?q=${q}`,
);
