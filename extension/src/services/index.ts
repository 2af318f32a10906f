// What features are given. Each service is an interface with one implementation beside it.
import * as vscode from "vscode";
import type { Later } from "../main.js";
import type { ThemeKind } from "../protocol.js";
import { type Documents, editorDocuments } from "./documents.js";
import { type Engine, workerEngine } from "./engine.js";
import { editorTexts, type Texts } from "./l10n.js";
import { editorNotes, type Notes } from "./notes.js";
import { type OpenHover, openHover } from "./openHover.js";
import { paintNotes } from "./painter.js";
import { type Places, placeMemory } from "./places.js";
import type { StartPort } from "./port.js";
import { editorSettings, type Settings } from "./settings.js";
import { jobTrace } from "./trace.js";

export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly documents: Documents;
  readonly engine: Engine;
  readonly notes: Notes;
  readonly places: Places;
  readonly settings: Settings;
  readonly texts: Texts;
  readonly log: vscode.LogOutputChannel;
  /** Another engine with a thread of its own, for long work that must not keep the notes waiting. Whoever asks disposes of it. */
  newEngine(): Engine;
  readonly hovers: OpenHover;
  /** Notes of a document have just been drawn anew. */
  readonly onDidPaint: vscode.Event<vscode.Uri>;
  /** The bundle of later.ts, loaded once. */
  later(): Promise<Later>;
}

/** Starts everything features share; nothing heavy, the engine's thread starts with its first job. */
export function startServices(context: vscode.ExtensionContext, startPort: StartPort, later: () => Promise<Later>): Services {
  const { subscriptions } = context;
  const log = vscode.window.createOutputChannel("Scholium", { log: true });
  const settings = editorSettings(subscriptions);
  const documents = editorDocuments(subscriptions);
  const phrases = Object.entries(vscode.l10n.bundle ?? {}).map(([key, text]) => ({ key, text }));
  const trace = jobTrace(settings, (line) => log.info(line));
  const newEngine = () => workerEngine(startPort, documents, { memory: settings.memory, phrases }, { warn: (line) => log.warn(line), trace });
  const engine = newEngine();
  const notes = editorNotes(engine, documents, settings, editorTexts, subscriptions);
  const onDidPaint = paintNotes(notes, documents, settings, subscriptions);
  subscriptions.push(log, engine);
  const hovers = openHover(subscriptions);
  return { context, documents, engine, newEngine, hovers, notes, places: placeMemory(), settings, texts: editorTexts, onDidPaint, later, log };
}

const kinds: Record<vscode.ColorThemeKind, ThemeKind> = {
  [vscode.ColorThemeKind.Light]: "light",
  [vscode.ColorThemeKind.Dark]: "dark",
  [vscode.ColorThemeKind.HighContrast]: "hc-dark",
  [vscode.ColorThemeKind.HighContrastLight]: "hc-light",
};

/** The kind of the editor's colour theme, high-contrast light included. */
export const currentTheme = (): ThemeKind => kinds[vscode.window.activeColorTheme.kind];

export type { Documents, Engine, Notes, Places, Settings, Texts };
