// The content script of the sites that always get links.
import { acl } from "./acl.js";
import { arxiv } from "./arxiv.js";
import { openreview } from "./openreview.js";
import { run } from "./run.js";

run([arxiv, openreview, acl]);
