// Labs from inside the extension host: what the engine answers, trainings told to pause, resume and cancel, a thread that dies.
import { figureText } from "@scholium/core/figure";
import * as vscode from "vscode";
import type { Report } from "../../../extension/src/protocol.js";
import { api, clean, equal, match, until } from "./editor.js";
import { testWhere } from "./report.js";

type Control = "pause" | "resume" | "step" | "cancel";
type Values = readonly { readonly name: string; readonly value: number | string }[];

const values = (given: Readonly<Record<string, number | string>>): Values => Object.entries(given).map(([name, value]) => ({ name, value }));
const tabs = () => vscode.window.tabGroups.all.flatMap((g) => g.tabs.filter((t) => t.input instanceof vscode.TabInputWebview));

/** A training under way, with what it reported. */
async function training(lab: string, given: Readonly<Record<string, number | string>>) {
  const { engine } = await api();
  const reports: Report<"train">[] = [];
  const control = new vscode.EventEmitter<Control>();
  const over = engine.run(
    "train",
    { lab, locale: "en", values: values(given) },
    { timeout: 600_000, priority: 0, control: control.event },
    (report) => reports.push(report),
  );
  return { engine, reports, tell: (c: Control) => control.fire(c), over };
}

const long = { steps: 6000 };
const progressed = (t: Awaited<ReturnType<typeof training>>, beyond = 0) =>
  until(
    () => t.reports.at(-1)?.done ?? 0,
    (done) => done > beyond,
    "progress",
    20_000,
  );

export const labs = () =>
  suite("labs", () => {
    teardown(clean);

    test("a lab answers with its page, its figures and what did not fit", async () => {
      const { engine } = await api();
      const ask = { lab: "matrix-sign", locale: "zh-cn", values: values({ steps: 99, colour: "red" }), page: true };
      const outcome = await engine.run("lab", ask, { timeout: 20_000, priority: 0 });
      if (outcome.status !== "done" || !outcome.answer.ok) throw new Error(JSON.stringify(outcome));
      const { page, misfits, view, link } = outcome.answer;
      match(page?.title, /奇异值/, "the title in Chinese");
      equal(
        misfits.map((m) => [m.name, m.kind]),
        [
          ["colour", "unknown"],
          ["steps", "out of range"],
        ],
        "misfits",
      );
      equal(view.figures.length, 2, "figures");
      equal(link, "scholium:lab/matrix-sign?steps=10", "the link");
    });

    test("a lab that is none is said to be none", async () => {
      const { engine } = await api();
      const outcome = await engine.run("lab", { lab: "perpetual-motion", locale: "en", values: [], page: true }, { timeout: 20_000, priority: 0 });
      equal(outcome.status === "done" && outcome.answer.ok, false, "the answer");
    });

    test("a training reports, pauses, steps once, goes on and is cancelled", async () => {
      const run = await training("vq-gradient", long);
      await progressed(run);
      run.tell("pause");
      const held = await until(
        () => run.reports.at(-1),
        (r) => r?.paused === true,
        "the pause",
      );
      const count = run.reports.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      equal(run.reports.length, count, "reports while paused");
      run.tell("step");
      await until(
        () => run.reports.at(-1)?.done,
        (done) => done === (held?.done ?? 0) + 1,
        "one step more",
      );
      run.tell("resume");
      await progressed(run, (held?.done ?? 0) + 1);
      const began = Date.now();
      run.tell("cancel");
      equal((await run.over).status, "cancelled", "the end");
      if (Date.now() - began > 1500) throw new Error("the cancellation took too long");
    });

    test("a paused training can be cancelled, and the engine answers the next question", async () => {
      const run = await training("vq-gradient", long);
      await progressed(run);
      run.tell("pause");
      await until(
        () => run.reports.at(-1)?.paused,
        (p) => p === true,
        "the pause",
      );
      run.tell("cancel");
      equal((await run.over).status, "cancelled", "the end");
      const next = await run.engine.run("labs", { locale: "en" }, { timeout: 5000, priority: 0 });
      equal(next.status, "done", "the next question");
    });

    test("paused on the way or not, the same seed gives the same numbers; reports come at most about ten times a second", async () => {
      const plain = await training("vq-gradient", { steps: 1500, seed: 5 });
      const began = Date.now();
      const a = await plain.over;
      const seconds = (Date.now() - began) / 1000;
      if (plain.reports.length > 12 * seconds + 3) throw new Error(`${plain.reports.length} reports in ${seconds} s`);
      const paused = await training("vq-gradient", { steps: 1500, seed: 5 });
      await progressed(paused);
      paused.tell("pause");
      await until(
        () => paused.reports.at(-1)?.paused,
        (p) => p === true,
        "the pause",
      );
      paused.tell("step");
      paused.tell("resume");
      const b = await paused.over;
      if (a.status !== "done" || b.status !== "done") throw new Error(`${a.status}, ${b.status}`);
      equal(b.answer.view.facts, a.answer.view.facts, "the facts");
      equal(
        b.answer.view.figures.map((f) => figureText(f)),
        a.answer.view.figures.map((f) => figureText(f)),
        "the figures in words",
      );
    });

    test("a training whose engine is thrown away is over, and the next one works", async () => {
      const run = await training("vq-gradient", long);
      await progressed(run);
      run.engine.restart();
      equal((await run.over).status, "cancelled", "the end");
      const next = await training("vq-gradient", { steps: 200 });
      equal((await next.over).status, "done", "the next training");
    });

    test("a training that does not exist is refused without harm", async () => {
      const run = await training("matrix-sign", {});
      equal((await run.over).status, "crashed", "the end");
      const next = await run.engine.run("labs", { locale: "en" }, { timeout: 5000, priority: 0 });
      equal(next.status, "done", "the next question");
    });

    test("Open Lab with a name and values opens its page, and an address of this extension too", async () => {
      await api();
      await vscode.commands.executeCommand("scholium.openLab", "rope-base", { d: 64 });
      await until(tabs, (all) => all.some((t) => /RoPE/.test(t.label)), "the page");
      await vscode.commands.executeCommand("scholium.openLab", "scholium:lab/hippo?N=4");
      await until(tabs, (all) => all.some((t) => /HiPPO/.test(t.label)), "the other lab");
      equal(tabs().length, 1, "pages");
    });

    // Plugins reach the preview only within one extension host; with a remote, the preview of the editor is in the other one.
    testWhere(
      vscode.extensions.getExtension("vscode.markdown-language-features") !== undefined,
      "the preview is in another extension host",
      "links to labs in the Markdown preview become addresses of this extension",
      async () => {
        await api();
        const html = await vscode.commands.executeCommand<string>(
          "markdown.api.render",
          "[base](scholium:lab/rope-base?d=128) and [other](https://a.example/)",
        );
        match(html, /href="[a-z-]+:\/\/scholium\.scholium\/lab\/rope-base\?d=128"/, "the rendered link");
        match(html, /href="https:\/\/a\.example\/"/, "the other link");
      },
    );
  });
