// Papers: what names one, where it can be read, and what a click on something means. Pure rules; nothing is asked of any site.

export { addressRules } from "./addressRules.js";
export { type Bibliography, plainId, toBibtex, toMarkdown, toPlainId } from "./cite.js";
export { coolPapersUrls, coolPaperUrl, coolSearchUrl, IDS_PER_TAB, isOnCoolPapers, type SearchBranch } from "./coolPapers.js";
export { type Destination, destinationOf, destinations } from "./destinations/index.js";
export { type AddressRules, makeTextDetector } from "./detectInText.js";
export { detectInUrl, inDoi } from "./detectInUrl.js";
export { type Opening, openAt, openSomewhere } from "./open.js";
export {
  type DetectOptions,
  encodePath,
  type FoundPaper,
  type PaperRef,
  type PaperSource,
  paperKey,
  paperOf,
  type SourceId,
  samePaper,
  uniquePapers,
} from "./paper.js";
export { coolPagePatterns, linkPatterns, type PaperPlace, pagePatterns } from "./patterns.js";
export {
  answerPapers,
  type ClickInfo,
  isSelected,
  type PapersAnswer,
  type PapersCase,
  type Plan,
  type PlanOptions,
  plan,
  planClick,
  planPapers,
  planReading,
  planText,
} from "./plan.js";
export { detectInText, makeTextReader, type Reading, readText, type TextReader } from "./readText.js";
export { searchQuery } from "./searchQuery.js";
export { parseAclId } from "./sources/acl.js";
export { parseArxivId } from "./sources/arxiv.js";
export { originalUrl, sourceOf, sources } from "./sources/index.js";
export { mirrors } from "./sources/mirrors.js";
export { parseOpenReviewId } from "./sources/openreview.js";
