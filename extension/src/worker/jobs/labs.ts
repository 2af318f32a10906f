// The gallery of labs.
import { labs as all, topicTitles } from "@scholium/core/labs";
import { inLanguage } from "../labs.js";
import type { Handler } from "./index.js";

export const labs: Handler<"labs"> = async ({ locale }) => {
  const say = inLanguage(locale);
  return {
    labs: all.map((l) => ({ id: l.id, title: say(l.title), claim: say(l.claim), topic: say(topicTitles[l.topic]), trained: l.train !== undefined })),
  };
};
