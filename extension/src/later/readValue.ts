// Read Value: the value at the cursor in words, as a message that a screen reader speaks. Text shown after a line is not read by it.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { currentTheme } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";

/** A message is spoken at once and cannot be paused. */
const LONGEST = 600;
const FONT_SIZE = 14;

/** Says the value of the formula at the cursor, or why there is none. */
export async function readValue(services: Services): Promise<string | undefined> {
  const target = acceptedTarget(services, undefined);
  const [range] = target?.ranges ?? [];
  if (!target || !range) return undefined;
  const { document } = target;
  const { settings } = services;
  const timeout = settings.timeout(document);
  const answer = await askForCommand(
    services,
    "hover",
    {
      place: placeOf(document, range),
      conventions: settings.conventions(document),
      timeout,
      theme: currentTheme(),
      palette: settings.palette(),
      fontSize: FONT_SIZE,
      figures: false,
      literal: false,
      facts: [],
    },
    timeout,
  );
  if (!answer) return undefined;
  const words = answer.ok ? answer.words : problemMessage(answer.problem);
  const said = words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
  void vscode.window.showInformationMessage(said);
  return said;
}
