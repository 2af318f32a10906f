// Starts the VS Code server on a loopback port with a fresh profile, and stops it with everything it started.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { hostPaths } from "../../tools/vscodeHost.mjs";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What is to be undone even when this process is told to stop half-way. */
const undo = new Set();
process.on("exit", () => {
  for (const f of [...undo].reverse()) f();
});
for (const [signal, n] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
])
  process.on(signal, () => process.exit(128 + n));

/** Settings that keep the workbench quiet: no chat, no updates, no welcome page. */
const QUIET = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "npm.autoDetect": "off",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.restoreWindows": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** User data, extensions and HOME in one temporary folder. The path stays short: sockets allow 108 bytes. */
export function freshProfile(settings = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sch-"));
  const dirs = Object.fromEntries(["home", "user", "ext", "t", "ws"].map((name) => [name, path.join(folder, name)]));
  for (const dir of [...Object.values(dirs), path.join(dirs.user, "User")]) mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dirs.user, "User/settings.json"), JSON.stringify({ ...QUIET, ...settings }, null, 1));
  const remove = () => {
    undo.delete(remove);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  undo.add(remove);
  return { folder, ...dirs, remove };
}

/**
 * Teaches the profile a language by a pack without a word in it: the editor's own texts stay English, those of extensions come in the language
 * when the server speaks it.
 */
export function teach(profile, locale) {
  const words = path.join(profile.folder, "words.json");
  writeFileSync(words, JSON.stringify({ version: "1.0.0", contents: {} }));
  const extension = { extensionIdentifier: { id: `scholium-test.${locale}` }, version: "1.0.0" };
  const pack = { hash: `${locale}-1`, extensions: [extension], translations: { vscode: words }, label: locale };
  writeFileSync(path.join(profile.user, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

function environment(profile) {
  const kept = Object.fromEntries(["PATH", "LANG", "LC_ALL", "TZ"].flatMap((k) => (process.env[k] ? [[k, process.env[k]]] : [])));
  return {
    ...kept,
    HOME: profile.home,
    TMPDIR: profile.t,
    XDG_CONFIG_HOME: path.join(profile.home, ".config"),
    XDG_DATA_HOME: path.join(profile.home, ".local/share"),
    XDG_RUNTIME_DIR: profile.t,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

const commonArguments = (profile) => [
  "--accept-server-license-terms",
  ...["--server-data-dir", path.join(profile.folder, "sd")],
  ...["--user-data-dir", profile.user],
  ...["--extensions-dir", profile.ext],
  ...["--telemetry-level", "off"],
];

/** Installs a packaged extension into the profile. */
export function installVsix(profile, vsix) {
  return new Promise((resolve, reject) => {
    const child = spawn(hostPaths.node, [hostPaths.server, ...commonArguments(profile), "--install-extension", vsix], {
      env: environment(profile),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (d) => (output += d));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(output) : reject(new Error(`installing ${vsix} failed\n${output}`))));
  });
}

/** Live processes of a group, from /proc. */
function members(group) {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(fields[2]) === group && fields[0] !== "Z";
    } catch {
      return false; // ended meanwhile
    }
  });
}

function signal(group, name) {
  try {
    process.kill(-group, name);
  } catch (e) {
    if (e.code !== "ESRCH") throw e;
  }
}

/**
 * Resolves when the server listens. `testing` lets the workbench load an extension and its tests from a folder. `port` 0 is any free one. `locale` is the
 * language it speaks: without it, it never asks the browser.
 */
export async function startServer(profile, { testing = false, port = 0, trust = false, locale, timeout = 60_000 } = {}) {
  const child = spawn(
    hostPaths.node,
    [
      hostPaths.server,
      ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
      ...(trust ? [] : ["--disable-workspace-trust"]),
      ...(locale ? ["--locale", locale] : []),
      ...(testing ? ["--enable-smoke-test-driver"] : []), // a built workbench ignores extensionTestsPath without it
      ...commonArguments(profile),
    ],
    { env: environment(profile), stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const kill = () => signal(child.pid, "SIGKILL");
  undo.add(kill);
  let log = "";
  const actual = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server was not ready in ${timeout} ms\n${log}`)), timeout);
    const read = (chunk) => {
      log += chunk;
      const found = /Extension host agent listening on (\d+)/.exec(log);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
  });
  return {
    authority: `127.0.0.1:${actual}`,
    log: () => log,
    /** The processes that extensions run in. */
    extensionHosts: () =>
      members(child.pid)
        .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=extensionHost"))
        .map(Number),
    /** Ends the whole group: the server alone would leave its extension host behind. Answers how many processes had to be killed. */
    async stop() {
      signal(child.pid, "SIGTERM");
      for (let i = 0; i < 60 && members(child.pid).length; i++) await sleep(50);
      const forced = members(child.pid).length;
      if (forced) signal(child.pid, "SIGKILL");
      for (let i = 0; i < 40 && members(child.pid).length; i++) await sleep(50);
      undo.delete(kill);
      const left = members(child.pid).length;
      if (left) console.error(`${left} processes of the server on ${actual} were left`);
      return { forced, left };
    },
  };
}

/** The workbench's address. `payload` is a list of pairs the workbench reads at its start. */
export function workbenchUrl(authority, { folder, workspace, payload = [] }) {
  const query = new URLSearchParams();
  if (folder) query.set("folder", folder);
  if (workspace) query.set("workspace", workspace);
  if (payload.length) query.set("payload", JSON.stringify(payload));
  return `http://${authority}/?${query}`;
}

export const remoteUri = (authority, file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
