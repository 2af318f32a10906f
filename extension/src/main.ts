// Scholium in VS Code. This is the table of contents: each feature is one file under features/ and one line here.
import type * as vscode from "vscode";
import * as append from "./features/append.js";
import * as clearNotes from "./features/clearNotes.js";
import * as contextKeys from "./features/contextKeys.js";
import * as copyAs from "./features/copyAs.js";
import * as engineCommands from "./features/engineCommands.js";
import * as evaluate from "./features/evaluate.js";
import * as hover from "./features/hover.js";
import * as live from "./features/live.js";
import * as openSample from "./features/openSample.js";
import * as papers from "./features/papers.js";
import * as replace from "./features/replace.js";
import * as status from "./features/status.js";
import * as visualize from "./features/visualize.js";
import { type Services, startServices } from "./services/index.js";
import type { StartPort } from "./services/port.js";

export interface Feature {
  register(services: Services): vscode.Disposable;
}

const features: readonly Feature[] = [
  evaluate,
  append,
  replace,
  copyAs,
  visualize,
  hover,
  live,
  clearNotes,
  engineCommands,
  openSample,
  papers,
  contextKeys,
  status,
];

/** What other extensions, and the tests in the editor, may use. */
export interface Api {
  /** Milliseconds our own code took to activate. */
  readonly activation: number;
  /** The notes shown in a document, as text with their state and range in offsets. */
  notes(uri: vscode.Uri): readonly { readonly text: string; readonly state: string; readonly range: readonly [number, number] }[];
  readonly engine: Services["engine"];
}

/** Starts the services and registers every feature. */
export function start(context: vscode.ExtensionContext, startPort: StartPort): Api {
  const began = performance.now();
  const services = startServices(context, startPort);
  for (const feature of features) context.subscriptions.push(feature.register(services));
  return {
    activation: performance.now() - began,
    notes: (uri) => services.notes.of(uri.toString()).map(({ text, state, range }) => ({ text, state, range })),
    engine: services.engine,
  };
}
