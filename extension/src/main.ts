// Scholium in VS Code. This is the table of contents: each feature is one file under features/ and one line here, or in later.ts,
// which is loaded right after activation.
import * as vscode from "vscode";
import * as append from "./features/append.js";
import * as clearNotes from "./features/clearNotes.js";
import * as contextKeys from "./features/contextKeys.js";
import * as copyAs from "./features/copyAs.js";
import * as engineCommands from "./features/engineCommands.js";
import * as evaluate from "./features/evaluate.js";
import * as labs from "./features/labs.js";
import * as laterCommands from "./features/laterCommands.js";
import * as live from "./features/live.js";
import * as openSample from "./features/openSample.js";
import * as papers from "./features/papers.js";
import * as replace from "./features/replace.js";
import * as status from "./features/status.js";
import * as tools from "./features/tools.js";
import * as visualize from "./features/visualize.js";
import type * as later from "./later.js";
import { type Services, startServices } from "./services/index.js";
import { labLinksIn, type MarkdownIt } from "./services/markdownLinks.js";
import { type Moment, moment } from "./services/moment.js";
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
  labs,
  live,
  clearNotes,
  engineCommands,
  openSample,
  papers,
  laterCommands,
  tools,
  contextKeys,
  status,
];

/** The bundle of later.ts. */
export type Later = typeof later;
/** Loads it; asked once. */
export type LoadLater = () => Promise<Later>;

/** What other extensions, and the tests in the editor, may use. */
export interface Api {
  /** When our own code began and ended to be evaluated, and to activate. */
  readonly moments: { readonly evaluation: readonly [Moment, Moment]; readonly activation: readonly [Moment, Moment] };
  /** The notes shown in a document, as text with their state and range in offsets. */
  notes(uri: vscode.Uri): readonly { readonly text: string; readonly state: string; readonly range: readonly [number, number] }[];
  readonly engine: Services["engine"];
  /** Notes of a document have just been drawn anew. */
  readonly onDidPaint: Services["onDidPaint"];
  /** Settled when the features of later.ts are there as well. */
  readonly ready: Promise<void>;
  /** VS Code's Markdown preview asks for this. */
  extendMarkdownIt<M extends MarkdownIt>(md: M): M;
}

/** When the bundle's first line ran: the build puts it there. */
declare const scholiumBegan: Moment;
const evaluation = [scholiumBegan, moment()] as const;

/** Starts the services and registers every feature. */
export function start(context: vscode.ExtensionContext, startPort: StartPort, loadLater: LoadLater): Api {
  const began = moment();
  let loading: Promise<Later> | undefined;
  const services = startServices(context, startPort, () => (loading ??= loadLater()));
  for (const feature of features) context.subscriptions.push(feature.register(services));
  const activation = [began, moment()] as const;
  const ready = services.later().then(
    (part) => void context.subscriptions.push(part.register(services)),
    (e) => services.log.error(`a part of the extension could not be loaded: ${e}`),
  );
  return {
    moments: { evaluation, activation },
    ready,
    notes: (uri) => services.notes.of(uri.toString()).map(({ text, state, range }) => ({ text, state, range })),
    engine: services.engine,
    extendMarkdownIt: labLinksIn(`${vscode.env.uriScheme}://${context.extension.id}`),
    onDidPaint: services.onDidPaint,
  };
}
