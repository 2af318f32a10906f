// A lab's figures at some values.
import { labLink, speaking } from "@scholium/core/labs";
import { labAt, listed, pageMessage, viewMessage } from "../labs.js";
import type { Handler } from "./index.js";

export const lab: Handler<"lab"> = async ({ lab: id, locale, values: given, page }) => {
  const found = labAt(id, given);
  if (!found) return { ok: false, id };
  const say = speaking(locale);
  const { lab, values, misfits } = found;
  return {
    ok: true,
    ...(page ? { page: pageMessage(lab, say) } : {}),
    values: listed(values),
    misfits,
    view: viewMessage(lab.view(values, say), say),
    link: labLink(lab, values),
  };
};
