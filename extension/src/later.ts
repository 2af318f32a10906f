// The features that have no command, and the larger half of those that have: a bundle of its own, read right after activation.
import * as vscode from "vscode";
import * as aidFeature from "./features/aids.js";
import * as codeLens from "./features/codeLens.js";
import * as completionFeature from "./features/completion.js";
import * as definitionsFeature from "./features/definitions.js";
import * as hover from "./features/hover.js";
import * as inlayHints from "./features/inlayHints.js";
import * as notebookStatus from "./features/notebookStatus.js";
import * as pasteFeature from "./features/paste.js";
import * as problems from "./features/problems.js";
import * as labLinks from "./later/labs.js";
import type { Feature } from "./main.js";
import type { Services } from "./services/index.js";

export * as addresses from "./later/addresses.js";
export * as aids from "./later/aids.js";
export * as compare from "./later/compare.js";
export * as completion from "./later/completion.js";
export * as definitions from "./later/definitions.js";
export * as formulaCommands from "./later/formulaCommands.js";
export * as help from "./later/help.js";
export * as insert from "./later/insert.js";
export * as labs from "./later/labs.js";
export * as paste from "./later/paste.js";
export * as pinned from "./later/pinned.js";
export * as readAloud from "./later/readValue.js";
export * as tools from "./later/tools.js";
export * as labPanel from "./services/labPanel.js";
export * as panels from "./services/panels.js";

const features: readonly Feature[] = [
  hover,
  codeLens,
  inlayHints,
  notebookStatus,
  problems,
  aidFeature,
  pasteFeature,
  completionFeature,
  definitionsFeature,
  labLinks,
];

export const register = (services: Services): vscode.Disposable => vscode.Disposable.from(...features.map((f) => f.register(services)));
