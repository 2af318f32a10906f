// The half of the background that a click on a link or a page does not need: reading texts, messages, the shortcut, the address bar, building
// menus, registering sites. A file of its own, loaded when first needed; what both halves use is handed in.
import {
  type AddressRules,
  type ClickInfo,
  makeTextReader,
  type PaperPlace,
  type Plan,
  type PlanOptions,
  type TextReader,
} from "@scholium/core/papers";
import type { Unopened, Where } from "../background/open.js";
import type { Settings, TabPosition } from "../shared/settings.js";
import { onCommand } from "./commands.js";
import { buildMenus } from "./menus.js";
import { onMessage } from "./messages.js";
import { onInputChanged, onInputEntered } from "./omnibox.js";
import type { Known } from "./readMessage.js";
import { registerSites } from "./sites.js";
import { tell } from "./unopened.js";

/** What the first half hands in. */
export interface Given extends Known {
  readonly rules: AddressRules;
  readonly mirrors: readonly PaperPlace[];
  readonly planClick: (click: ClickInfo, options: PlanOptions, read: TextReader) => Plan;
  readonly carryOut: (plan: Plan, where: Where) => Promise<Unopened | undefined>;
  readonly openTabs: (urls: readonly string[], tab: chrome.tabs.Tab | undefined, position: TabPosition) => Promise<void>;
  readonly settings: () => Promise<Settings>;
}

/** What the files of this half share. */
export interface Shared extends Omit<Given, "planClick" | "carryOut"> {
  readonly planClick: (click: ClickInfo, options: PlanOptions) => Plan;
  readonly planText: (text: string, options: PlanOptions) => Plan;
  /** Opens what was planned, or says why not. */
  readonly carryOut: (plan: Plan, where: Where) => Promise<void>;
}

/** What this half does. */
export type Later = ReturnType<typeof make>;

function make(given: Given) {
  const readText = makeTextReader(given.rules);
  const planClick = (click: ClickInfo, options: PlanOptions) => given.planClick(click, options, readText);
  const carryOut = async (plan: Plan, where: Where) => {
    const unopened = await given.carryOut(plan, where);
    if (unopened) await tell(unopened, where);
  };
  const shared: Shared = { ...given, planClick, carryOut, planText: (selectionText, options) => planClick({ selectionText }, options) };
  return {
    readText,
    registerSites,
    tell,
    buildMenus: async () => buildMenus(shared, await given.settings()),
    onCommand: (command: string, tab?: chrome.tabs.Tab) => onCommand(shared, command, tab),
    onInputChanged: (text: string, suggest: (suggestions: chrome.omnibox.SuggestResult[]) => void) => onInputChanged(shared, text, suggest),
    onInputEntered: (text: string, disposition?: string) => onInputEntered(shared, text, disposition),
    onMessage: (value: unknown, sender: chrome.runtime.MessageSender) => onMessage(shared, value, sender),
  };
}

declare global {
  var scholiumLater: typeof make | undefined;
}

globalThis.scholiumLater = make;
