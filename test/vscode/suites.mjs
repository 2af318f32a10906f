// Runs the tests inside an extension host of the server: Node, or the web worker of the browser.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/run.mjs";
import { suites } from "./build.mjs";
import { freshProfile, remoteUri, startServer, workbenchUrl } from "./server.mjs";
import { openWorkbench } from "./workbench.mjs";

const LIMIT = 18 * 60_000;

/** Runs the suite in one kind of host ("node" or "web"); calls `report` for each test. Throws when the run itself failed. */
export async function runSuite(kind, browser, folder, report) {
  const extension = path.join(root, "extension");
  const { publisher, name } = JSON.parse(readFileSync(path.join(extension, "package.json"), "utf8"));
  const profile = freshProfile(kind === "web" ? { "remote.extensionKind": { [`${publisher}.${name}`]: ["web"] } } : {});
  const others = [];
  const seen = [];
  let server;
  let end;
  let stopped;
  try {
    server = await startServer(profile, { testing: true });
    let finish;
    const finished = new Promise((resolve) => (finish = resolve));
    const payload = [
      ["extensionDevelopmentPath", remoteUri(server.authority, extension)],
      ["extensionTestsPath", remoteUri(server.authority, suites[kind])],
    ];
    const { page, context, outside } = await openWorkbench(browser, workbenchUrl(server.authority, { folder, payload }), {
      onConsole: (message) => {
        if (/extension host .*(terminated|crashed)/i.test(message.text())) finish("the extension host died");
      },
      setup: async (p) => {
        // The workbench calls these while and after extension tests run, when the page has them.
        await p.exposeFunction("codeAutomationLog", (_type, args) => {
          const line = args.map((a) => (typeof a === "string" ? a : JSON.stringify(a))).join(" ");
          const at = line.indexOf("##test ");
          if (at < 0) return others.push(line);
          const test = JSON.parse(line.slice(at + 7));
          if (test.end) end = test;
          else if (test.absent) console.log(`--   [${kind}] ${test.absent}: ${test.reason}`);
          else {
            seen.push(test);
            report(test);
          }
        });
        await p.exposeFunction("codeAutomationExit", (code) => finish(code));
      },
    });
    const timer = setTimeout(() => finish("time is up"), LIMIT);
    const exit = await finished;
    clearTimeout(timer);
    await page.close();
    await context.close();
    const failed = seen.filter((t) => t.state !== "pass").length;
    // The exit code alone is 0 even for a host that was killed half-way: code, mocha's count and the lines must agree.
    if (!end || end.seen !== seen.length || end.failures !== failed || (failed === 0) !== (exit === 0)) {
      throw new Error(
        `the ${kind} host's run is not sound (exit ${exit}, ${seen.length} tests seen, ${JSON.stringify(end)})\n${others.slice(-40).join("\n")}`,
      );
    }
    if (outside.length) throw new Error(`requests left this machine: ${outside.join(" ")}`);
  } finally {
    stopped = await server?.stop();
    profile.remove();
  }
  if (stopped?.left) throw new Error("processes of the server were left");
}
