// The rules for addresses as those for texts use them.
import type { AddressRules } from "./detectInText.js";
import { detectInUrl, inDoi } from "./detectInUrl.js";
import { parseAclId } from "./sources/acl.js";
import { newStyle, oldStyle } from "./sources/arxiv.js";
import { sources } from "./sources/index.js";
import { mirrors } from "./sources/mirrors.js";
import { LONGEST_FORUM } from "./sources/openreview.js";
import { PAPERS_COOL, parseCoolToken } from "./sources/papersCool.js";

export const addressRules: AddressRules = {
  hosts: [...new Set([...sources, ...mirrors].flatMap((place) => place.hosts)), PAPERS_COOL, "doi.org"],
  marks: sources.flatMap((source) => source.cool ?? []),
  inUrl: detectInUrl,
  inDoi,
  ofToken: (token) => parseCoolToken(token, sources),
  ofAclId: parseAclId,
  newStyle,
  oldStyle,
  isOverlong: ({ source, id }) => source === "openreview" && id.length > LONGEST_FORUM,
};
