// A training of a lab: step by step, in slices that leave the thread open for messages, with its figures on the way.
import { speaking } from "@scholium/core/labs";
import { labAt, viewMessage } from "../labs.js";
import type { Handler } from "./index.js";

/** Milliseconds of work between two looks at the messages, and between two reports. */
const SLICE = 30;
const REPORT = 100;

export const train: Handler<"train"> = async ({ lab: id, locale, values: given }, { clock, cancelled, report, rest, told }) => {
  const found = labAt(id, given);
  const say = speaking(locale);
  const run = found?.lab.train?.(found.values, say);
  if (!run) throw new Error(`there is no training named ${id}`);
  let sliceBegan = clock();
  let reported = Number.NEGATIVE_INFINITY;
  let atRest = false;
  let next = run.next();
  for (; !next.done; next = run.next()) {
    const { done, total, view } = next.value;
    const tell = () => {
      reported = clock();
      report({ done, total, paused: told().paused, view: viewMessage(view(), say) });
    };
    if (clock() - sliceBegan >= SLICE || told().paused) {
      if (clock() - reported >= REPORT && !told().paused) tell();
      await rest(false);
      while (told().paused && !cancelled()) {
        if (told().steps > 0) {
          told().steps--;
          atRest = false;
          break;
        }
        if (!atRest) tell();
        atRest = true;
        await rest(true);
      }
      if (!told().paused) atRest = false;
      sliceBegan = clock();
    }
    if (cancelled()) {
      // The last figures stay: a training that is broken off is not for nothing.
      tell();
      break;
    }
  }
  if (!next.done) throw new Error("cancelled");
  return { status: next.value.status, view: viewMessage(next.value, say) };
};
