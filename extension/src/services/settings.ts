// The reader's settings, read where they are used, checked and with their defaults.
import * as vscode from "vscode";
import type { Conventions, NoteStyle, Palette } from "../protocol.js";

export interface Settings {
  conventions(scope: vscode.ConfigurationScope): Conventions;
  noteStyle(scope: vscode.ConfigurationScope): NoteStyle;
  notePosition(scope: vscode.ConfigurationScope): "auto" | "lineEnd";
  clearOnEdit(scope: vscode.ConfigurationScope): boolean;
  /** Whether the editor wraps this document's lines. */
  wraps(scope: vscode.ConfigurationScope): boolean;
  separator(scope: vscode.ConfigurationScope): string;
  /** Milliseconds an explicit computation may take. */
  timeout(scope: vscode.ConfigurationScope): number;
  live(scope: vscode.ConfigurationScope): LiveSettings;
  hover(scope: vscode.ConfigurationScope): HoverSettings;
  codeLens(scope: vscode.ConfigurationScope): boolean;
  /** How serious the Problems view takes an error in a formula. */
  problems(scope: vscode.ConfigurationScope): "off" | "hint" | "information" | "warning";
  /** Megabytes the engine may use. */
  memory(): number;
  palette(): Palette;
  motion(): boolean;
  /** Whether the panel goes along with the cursor. */
  followsSelection(): boolean;
  /** What of the engine's work is written into the log. */
  trace(): "off" | "messages" | "verbose";
  /** Where papers are opened, the preferred place first. */
  destinations(): readonly string[];
  /** Whether notes and hovers may appear in this document at all. */
  allows(document: vscode.TextDocument): boolean;
  readonly onDidChange: vscode.Event<vscode.ConfigurationChangeEvent>;
}

export interface LiveSettings {
  readonly enabled: boolean;
  readonly style: "note" | "inlay";
  readonly most: number;
  readonly budget: number;
}

export interface HoverSettings {
  readonly when: "always" | "onNote" | "off";
  readonly scale: number;
  readonly figures: boolean;
  /** Names of the facts to show; empty chooses by type. */
  readonly facts: readonly string[];
}

const SECTION = "scholium";

/** Kinds of document where a note has no place: output, the debug console, the comment box of source control. */
const SILENT_SCHEMES = new Set(["output", "vscode-scm", "search-editor", "debug", "comment", "vscode-interactive-input", "chat-editing-text-model"]);

const clamp = (value: unknown, least: number, greatest: number, otherwise: number): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.min(greatest, Math.max(least, value)) : otherwise;

const choice = <T extends string>(value: unknown, names: readonly T[]): T => (names.includes(value as T) ? (value as T) : (names[0] as T));

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === "string" && v.length <= 256) : []);

export function editorSettings(subscriptions: vscode.Disposable[]): Settings {
  const changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  // A configuration is read often (each key) and changes rarely: keep the last one for each document.
  const read = new Map<string, vscode.WorkspaceConfiguration>();
  subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((e) => {
      if (!e.affectsConfiguration(SECTION) && !e.affectsConfiguration("editor")) return;
      read.clear();
      changed.fire(e);
    }),
    vscode.workspace.onDidCloseTextDocument(() => read.clear()),
  );
  const keyOf = (scope: vscode.ConfigurationScope) => {
    const s = scope as { uri?: vscode.Uri; languageId?: string };
    return `${s.languageId ?? ""} ${s.uri ?? ""}`;
  };
  const configuration = (scope?: vscode.ConfigurationScope, section = SECTION) => {
    const key = `${section} ${scope ? keyOf(scope) : ""}`;
    let found = read.get(key);
    if (!found) read.set(key, (found = vscode.workspace.getConfiguration(section, scope)));
    return found;
  };
  const get = (key: string, scope?: vscode.ConfigurationScope): unknown => configuration(scope).get(key);
  const patterns = (scope: vscode.ConfigurationScope) => (get("exclude", scope) as readonly string[] | undefined) ?? [];
  return {
    conventions: (scope) => ({
      exact: choice(get("format.exact", scope), ["auto", "always", "never"]),
      digits: Math.round(clamp(get("format.digits", scope), 1, 17, 4)),
      output: String(get("format.output", scope) ?? "source"),
      scope: choice(get("evaluate.scope", scope), ["above", "document", "selection"]),
    }),
    noteStyle: (scope) => {
      const limit = get("format.matrixLimit", scope);
      const [rows, columns] = Array.isArray(limit) ? limit : [];
      return {
        maxLength: Math.round(clamp(get("note.maxLength", scope), 16, 200, 64)),
        maxRows: Math.round(clamp(rows, 1, 64, 6)),
        maxColumns: Math.round(clamp(columns, 1, 64, 6)),
      };
    },
    notePosition: (scope) => choice(get("note.position", scope), ["auto", "lineEnd"]),
    wraps: (scope) => configuration(scope, "editor").get("wordWrap", "off") !== "off",
    clearOnEdit: (scope) => get("note.clearOnEdit", scope) === true,
    separator: (scope) => String(get("append.separator", scope) ?? " = "),
    timeout: (scope) => Math.round(clamp(get("evaluate.timeout", scope), 100, 3_600_000, 6000)),
    live: (scope) => ({
      enabled: get("live.enabled", scope) === true,
      style: choice(get("live.style", scope), ["note", "inlay"]),
      most: Math.round(clamp(get("live.maxNotes", scope), 10, 1000, 200)),
      budget: Math.round(clamp(get("live.timeBudget", scope), 10, 10_000, 200)),
    }),
    hover: (scope) => ({
      when: choice(get("hover.enabled", scope), ["always", "onNote", "off"]),
      scale: clamp(get("hover.scale", scope), 0.5, 3, 1),
      figures: get("hover.figures", scope) !== false,
      facts: texts(get("hover.facts", scope)).slice(0, 32),
    }),
    codeLens: (scope) => get("codeLens.enabled", scope) === true,
    problems: (scope) => choice(get("problems", scope), ["off", "hint", "information", "warning"]),
    memory: () => Math.round(clamp(get("evaluate.memory"), 128, 65_536, 1024)),
    palette: () => choice(get("panel.palette"), ["auto", "viridis", "cividis", "greys", "blueOrange"]),
    motion: () => get("motion") !== "off",
    followsSelection: () => get("panel.followSelection") !== false,
    trace: () => choice(get("trace"), ["off", "messages", "verbose"]),
    destinations: () => {
      const names = get("papers.destinations");
      return Array.isArray(names) ? names.filter((n) => typeof n === "string").slice(0, 32) : [];
    },
    allows: (document) => {
      if (SILENT_SCHEMES.has(document.uri.scheme)) return false;
      const disabled = get("languages.disabled", document) as readonly string[] | undefined;
      if (disabled?.includes(document.languageId)) return false;
      return !patterns(document).some((pattern) => vscode.languages.match({ pattern }, document) > 0);
    },
    onDidChange: changed.event,
  };
}
