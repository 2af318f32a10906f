// The content script of further sites, each registered after the user's consent.
import { otherSites } from "./otherSites.js";
import { run } from "./run.js";

run([otherSites]);
