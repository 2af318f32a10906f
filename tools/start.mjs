// `npm start`: installs, builds, and opens the sample notes in a real VS Code with the extension loaded: desktop VS Code when it can be had,
// otherwise the VS Code server on a loopback port. `npm start -- --check` does it headless: evaluates the sample, saves a picture, exits.
import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { root, run } from "./run.mjs";
import { checkNode, setupPackages, setupSystem } from "./setup.mjs";

const checking = process.argv.includes("--check");
const samples = path.join(root, "extension/samples");

/** The desktop VS Code: the one named by VSCODE_EXECUTABLE, or a downloaded one; null when there is none to be had. */
async function desktop() {
  if (process.env.VSCODE_ROUTE === "server" || (!process.env.DISPLAY && process.platform === "linux")) return null;
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  try {
    const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
    return await downloadAndUnzipVSCode({ version: "stable", timeout: 15_000 });
  } catch (e) {
    console.log(`Desktop VS Code could not be downloaded (${e.code ?? e.message}); using the VS Code server.`);
    return null;
  }
}

/** A folder with the samples to write in; the repository's own stay as they are. */
function workspace() {
  const folder = path.join(root, ".cache/start/samples");
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    cpSync(samples, folder, { recursive: true });
  }
  return folder;
}

async function openDesktop(executable) {
  const folder = workspace();
  console.log("Opening VS Code. Put the cursor in a formula and press Alt+= (⌃= on a Mac).");
  const options = [`--extensionDevelopmentPath=${path.join(root, "extension")}`, `--user-data-dir=${path.join(root, ".cache/start/user")}`];
  const { code, output } = await run(executable, [...options, "--disable-extensions", folder, path.join(folder, "notes.md")], { quiet: true });
  if (code !== 0) console.error(output);
  process.exitCode = code;
}

/** The server with the packaged extension in a fresh profile. */
async function serve(action) {
  const { installHost } = await import("./vscodeHost.mjs");
  const { packageVsix } = await import("./package-vsix.mjs");
  const { freshProfile, installVsix, startServer, workbenchUrl } = await import("../test/vscode/server.mjs");
  await installHost();
  const profile = freshProfile();
  cpSync(samples, profile.ws, { recursive: true });
  await installVsix(profile, await packageVsix());
  const server = await startServer(profile, { port: checking ? 0 : Number(process.env.PORT ?? 8711) });
  try {
    await action(
      workbenchUrl(server.authority, { folder: profile.ws, payload: [["openFile", `vscode-remote://${server.authority}${profile.ws}/notes.md`]] }),
    );
  } finally {
    await server.stop();
    profile.remove();
  }
}

const untilInterrupted = () => new Promise((resolve) => process.once("SIGINT", resolve));

async function check(url) {
  const { launchChromium, openWorkbench, user } = await import("../test/vscode/workbench.mjs");
  const browser = await launchChromium();
  const picture = path.join(root, "test-results/start.png");
  mkdirSync(path.dirname(picture), { recursive: true });
  try {
    const { page } = await openWorkbench(browser, url);
    const me = user(page);
    const formula = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}";
    await page.locator(".tab.active", { hasText: "notes.md" }).waitFor({ timeout: 60_000 });
    await page.locator(".editor-group-container.active .monaco-editor .view-line").first().click();
    const lines = (await import("node:fs")).readFileSync(path.join(samples, "notes.md"), "utf8").split("\n");
    await me.goto(
      lines.findIndex((l) => l.includes(formula)),
      10,
    );
    await page.keyboard.press("Alt+Equal");
    const notes = await me.until(me.notes, (all) => all.some((t) => t.includes("-2")), "the note beside the sample's first formula", 30_000);
    await page.screenshot({ path: picture });
    console.log(`VS Code shows: ${notes[0]}`);
    console.log(`Picture: ${path.relative(root, picture)}`);
  } catch (e) {
    console.error(String(e?.stack ?? e));
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

checkNode();
await setupPackages();
if (checking) {
  const missing = await setupSystem(["chromium"]);
  if (missing.length) process.exit(1);
}
const built = await run("node", ["esbuild.config.mjs", "core", "extension"], { quiet: true });
if (built.code !== 0) {
  console.error(built.output);
  process.exit(1);
}
const executable = checking ? null : await desktop();
if (executable) await openDesktop(executable);
else if (checking) await serve(check);
else
  await serve(async (url) => {
    console.log(`Scholium's sample notes are open in VS Code at\n\n  ${url}\n\nOpen this address in a browser. Ctrl+C ends the server.`);
    await untilInterrupted();
  });
