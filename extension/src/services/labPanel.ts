// The one page that shows a lab. Its mathematics runs in an engine of its own, so that a training keeps no note waiting and can be thrown away.
//
// Invariants. One training at a time; another lab, other values or a closed page end it. What the page shows belongs to the values it last sent.
import * as vscode from "vscode";
import { DecodeError } from "../decode.js";
import {
  type FromLab,
  fromLab,
  type LabAnswer,
  type LabMisfit,
  type LabPage,
  type LabValues,
  type LabView,
  labSaved,
  type ToLab,
  type TrainingControl,
} from "../labMessages.js";
import type { Engine, Outcome } from "./engine.js";
import { currentTheme, type Services } from "./index.js";
import { LAB_TEXTS } from "./labTexts.js";
import { failureText } from "./notes.js";
import { pageTexts } from "./pageTexts.js";
import { type PanelParts, panelHtml, panelParts } from "./panelHtml.js";

/** For the figures of one set of values. */
const TIMEOUT = 10_000;
/** A training lasts as long as its reader likes. */
const A_DAY = 86_400_000;

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly engine: Engine;
  readonly disposables: vscode.Disposable[];
  ready: boolean;
  page?: LabPage;
  values: LabValues;
  misfits: readonly LabMisfit[];
  view?: LabView;
  link: string;
  training?: { readonly control: vscode.EventEmitter<TrainingControl>; readonly over: Promise<unknown> };
  /** Counts the labs that were opened: an answer about an older one is not shown. */
  turn: number;
}

export class LabPanel implements vscode.Disposable {
  readonly #services: Services;
  readonly #viewType: string;
  readonly #watching: vscode.Disposable;
  readonly #parts: Promise<PanelParts>;
  #shown: Shown | undefined;
  /** The text a lab was opened from, or the one that was used since. */
  #text: { readonly document: vscode.TextDocument; readonly at: vscode.Selection; readonly column: vscode.ViewColumn | undefined } | undefined;

  /** `viewType` is the name under which VS Code brings the page back. */
  constructor(services: Services, viewType: string) {
    this.#services = services;
    this.#viewType = viewType;
    this.#parts = panelParts(this.#resources(), "lab");
    const settings = () => this.#sendSettings();
    this.#remember(vscode.window.activeTextEditor);
    this.#watching = vscode.Disposable.from(
      services.settings.onDidChange(settings),
      vscode.window.onDidChangeActiveColorTheme(settings),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#remember(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#remember(textEditor)),
    );
  }

  dispose(): void {
    this.#watching.dispose();
    this.#shown?.panel.dispose();
  }

  /** Opens a lab at some values; answers whether there is such a lab. */
  async open(id: string, values: LabValues): Promise<boolean> {
    const shown = this.#shown ?? this.#adopt(vscode.window.createWebviewPanel(this.#viewType, "Scholium", vscode.ViewColumn.Active, this.#options()));
    shown.panel.reveal();
    return this.#load(shown, id, values);
  }

  /** The page that VS Code brings back after a reload. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#shown?.panel.dispose();
    panel.webview.options = this.#options();
    const shown = this.#adopt(panel);
    try {
      const { id, values } = labSaved(state);
      if (await this.#load(shown, id, values)) return;
    } catch (e) {
      if (!(e instanceof DecodeError)) this.#services.log.warn(`lab not restored: ${e}`);
    }
    panel.dispose();
  }

  #resources = () => vscode.Uri.joinPath(this.#services.context.extensionUri, "dist", "webview");
  #options = () => ({ enableScripts: true, enableCommandUris: false, localResourceRoots: [this.#resources()] });

  #adopt(panel: vscode.WebviewPanel): Shown {
    const engine = this.#services.newEngine();
    const shown: Shown = { panel, engine, disposables: [], ready: false, values: [], misfits: [], link: "", turn: 0 };
    shown.disposables.push(
      panel.webview.onDidReceiveMessage((message) => this.#received(shown, message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away; it says "ready" when it is back.
        if (!panel.visible) shown.ready = false;
      }),
      panel.onDidDispose(() => {
        if (this.#shown === shown) this.#shown = undefined;
        for (const d of shown.disposables) d.dispose();
        engine.dispose();
      }),
    );
    this.#shown = shown;
    void this.#parts.then((parts) => {
      if (this.#shown === shown) panel.webview.html = panelHtml(panel.webview, parts, this.#services.texts.t("Scholium lab"));
    });
    return shown;
  }

  #send(shown: Shown, message: ToLab): void {
    if (shown.ready) void shown.panel.webview.postMessage(message);
  }

  #sendSettings(): void {
    const { settings, texts } = this.#services;
    if (this.#shown)
      this.#send(this.#shown, {
        type: "settings",
        palette: settings.palette(),
        theme: currentTheme(),
        motion: settings.motion(),
        texts: pageTexts(texts, LAB_TEXTS),
      });
  }

  #sendOpen(shown: Shown): void {
    const { page, values, misfits, view, link } = shown;
    if (page && view) this.#send(shown, { type: "open", page, values, misfits, view, link });
  }

  async #load(shown: Shown, id: string, given: LabValues): Promise<boolean> {
    await this.#endTraining(shown);
    const turn = ++shown.turn;
    const outcome = await this.#ask(shown, id, given, true);
    if (shown !== this.#shown || turn !== shown.turn) return true;
    if (outcome.status !== "done") {
      void vscode.window.showErrorMessage(failureText(outcome, this.#services.texts));
      return true;
    }
    const { answer } = outcome;
    if (!answer.ok || !answer.page) return false;
    shown.page = answer.page;
    shown.panel.title = answer.page.title;
    this.#take(shown, answer);
    this.#sendOpen(shown);
    return true;
  }

  #take(shown: Shown, { values, misfits, view, link }: LabAnswer & { ok: true }): void {
    Object.assign(shown, { values, misfits, view, link });
  }

  async #ask({ engine }: Shown, lab: string, values: LabValues, page: boolean): Promise<Outcome<LabAnswer>> {
    const ask = () => engine.run("lab", { lab, locale: vscode.env.language, values, page }, { timeout: TIMEOUT, priority: 0 });
    const outcome = await ask();
    // A thread that died before is no reason not to try once more.
    if (outcome.status !== "crashed" && outcome.status !== "quarantined" && outcome.status !== "paused") return outcome;
    engine.restart();
    return ask();
  }

  #received(shown: Shown, data: unknown): void {
    let message: FromLab;
    try {
      message = fromLab(data);
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      this.#services.log.warn(`message of a lab refused: ${e.message}`);
      return;
    }
    void this.#act(shown, message);
  }

  async #act(shown: Shown, message: FromLab): Promise<void> {
    switch (message.type) {
      case "ready":
        shown.ready = true;
        this.#sendSettings();
        return this.#sendOpen(shown);
      case "ask":
        return this.#figures(shown, message.id, message.values);
      case "train":
        return this.#train(shown, message.values);
      case "control":
        shown.training?.control.fire(message.action);
        return;
      case "copy":
        await vscode.env.clipboard.writeText(shown.link);
        return;
      case "insert":
        return this.#insert(shown);
      case "gallery":
        await vscode.commands.executeCommand("scholium.openLab");
        return;
      case "source": {
        const url = shown.page?.sources[message.index]?.url;
        if (url?.startsWith("https://")) await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return;
      }
      case "back":
        await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
        return;
    }
  }

  async #figures(shown: Shown, id: number, values: LabValues): Promise<void> {
    if (!shown.page) return;
    const { turn } = shown;
    await this.#endTraining(shown);
    const outcome = await this.#ask(shown, shown.page.id, values, false);
    if (turn !== shown.turn) return;
    if (outcome.status === "done" && outcome.answer.ok) {
      this.#take(shown, outcome.answer);
      const { view, link } = outcome.answer;
      this.#send(shown, { type: "view", id, values: outcome.answer.values, view, link });
    } else this.#send(shown, { type: "problem", id, message: outcome.status === "done" ? "" : failureText(outcome, this.#services.texts) });
  }

  /** Cancels what is being trained, and waits until it has ended. */
  async #endTraining(shown: Shown): Promise<void> {
    shown.training?.control.fire("cancel");
    await shown.training?.over;
  }

  async #train(shown: Shown, values: LabValues): Promise<void> {
    await this.#endTraining(shown);
    if (!shown.page?.trained || shown.training) return;
    const { engine, page } = shown;
    // Deaths of earlier runs are counted against notes, not against a reader who presses Play.
    if (engine.state === "paused") engine.restart();
    const control = new vscode.EventEmitter<TrainingControl>();
    const run = () =>
      engine.run(
        "train",
        { lab: page.id, locale: vscode.env.language, values },
        { timeout: A_DAY, priority: 0, control: control.event },
        (progress) => {
          shown.view = progress.view;
          this.#send(shown, { type: "progress", progress });
        },
      );
    const over = run().then((outcome) => {
      if (outcome.status !== "quarantined") return outcome;
      engine.restart();
      return run();
    });
    shown.training = { control, over };
    const outcome = await over;
    shown.training = undefined;
    control.dispose();
    if (outcome.status === "done") {
      shown.view = outcome.answer.view;
      this.#send(shown, { type: "end", status: outcome.answer.status, view: outcome.answer.view });
    } else {
      this.#send(shown, { type: "end", status: "cancelled" });
      if (outcome.status !== "cancelled") this.#send(shown, { type: "problem", message: failureText(outcome, this.#services.texts) });
    }
  }

  #remember(editor: vscode.TextEditor | undefined): void {
    if (!editor || this.#services.documents.get(editor.document.uri.toString()) !== editor.document) return;
    this.#text = { document: editor.document, at: editor.selection, column: editor.viewColumn };
  }

  /** Puts a link to the lab as it stands at the cursor of the text that was used last, and shows it: the lab may lie over it. */
  async #insert(shown: Shown): Promise<void> {
    const text = `[${shown.page?.title ?? ""}](${shown.link})`;
    const last = this.#text;
    if (last && !last.document.isClosed) {
      const editor = await vscode.window.showTextDocument(last.document, { viewColumn: last.column, selection: last.at });
      if (await editor.edit((edit) => edit.replace(editor.selection, text))) return;
    }
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage(this.#services.texts.t("There is no open text to insert into; the link was copied."));
  }
}
