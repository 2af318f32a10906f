// What pages and the background tell each other.
import type { PaperRef } from "@scholium/core/papers";

/** From a content script: "open these"; IDs are read again by the rules of their source. */
export interface OpenIds {
  readonly type: "open";
  readonly ids: readonly PaperRef[];
}

/** From a content script: how many papers its page has. */
export interface Count {
  readonly type: "count";
  readonly count: number;
}

/** From the popup alone: open these there; `confirmed` after the user agreed to many tabs. */
export interface OpenPapers {
  readonly type: "openPapers";
  readonly papers: readonly PaperRef[];
  readonly destination: string;
  readonly confirmed: boolean;
}

/** From the popup alone: what one would type behind the omnibox keyword. */
export interface OpenText {
  readonly type: "openText";
  readonly text: string;
}

/** From the popup alone: the answer to "really open so many tabs?". */
export interface Answer {
  readonly type: "answer";
  readonly open: boolean;
}

export type Message = OpenIds | Count | OpenPapers | OpenText | Answer;

/** Sends a message; silent when the extension was updated under an old page. */
export async function send(message: Message): Promise<unknown> {
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return undefined;
  }
}
