// The gallery of labs.
import { labs as all, speaking, topicTitles } from "@scholium/core/labs";
import type { Handler } from "./index.js";

export const labs: Handler<"labs"> = async ({ locale }) => {
  const say = speaking(locale);
  return {
    labs: all.map((l) => ({ id: l.id, title: say(l.title), claim: say(l.claim), topic: say(topicTitles[l.topic]), trained: l.train !== undefined })),
  };
};
