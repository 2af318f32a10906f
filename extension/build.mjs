// Builds the extension into dist/: the two hosts (small, loaded at activation), the engine's worker, its lazily loaded parts, the panel.
import { mkdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const common = { bundle: true, minify: true, target: "es2022", logLevel: "warning", charset: "utf8", legalComments: "none" };

/** What activation may weigh, in bytes. */
const ACTIVATION_LIMIT = 60_000;

/** Parts the worker loads when they are first needed: package -> name under dist/chunks. */
const LAZY = { "@cortex-js/compute-engine": "symbolic" };

/** A dynamic import of a lazy package becomes a call of the worker's own loader, as a worker started from a blob has no address to import from. */
const lazyParts = {
  name: "lazy parts",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === "dynamic-import" && LAZY[path] ? { path, external: true } : undefined));
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const file of outputFiles) {
        let text = file.text;
        for (const [name, chunk] of Object.entries(LAZY)) text = text.replaceAll(`import("${name}")`, `scholiumChunk("${chunk}")`);
        await writeFile(file.path, text);
      }
    });
  },
};

/**
 * The editor's API is required once a bundle. esbuild asks for it anew in every module and copies its several hundred properties each time,
 * which was two thirds of the time the activating bundle took to be evaluated.
 */
const VSCODE = 'const scholiumVscode=require("vscode");';
const oneVscode = {
  name: "one vscode",
  setup(build) {
    build.initialOptions.write = false;
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const file of outputFiles) {
        const text = file.text.replaceAll(/[\w$]+\(require\("vscode"\)(?:,1)?\)/g, "scholiumVscode");
        if (text.includes('(require("vscode")')) throw new Error(`${file.path} copies the editor's API`);
        await writeFile(file.path, text);
      }
    });
  },
};

/** A lazy part: a script that leaves its exports in `scholiumPart`, in Node by require as well. */
const chunk = (name, entry) =>
  esbuild({
    ...common,
    entryPoints: [entry],
    outfile: here(`dist/chunks/${name}.js`),
    format: "iife",
    globalName: "scholiumPart",
    footer: { js: 'typeof module==="object"&&(module.exports=scholiumPart);' },
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
  });

/** The moment the bundle's first line runs (see services/moment.ts). */
const BEGAN = "const scholiumBegan={clock:performance.now(),processor:globalThis.process?.threadCpuUsage?.()};";

export async function build() {
  rmSync(here("dist"), { recursive: true, force: true });
  mkdirSync(here("dist/webview"), { recursive: true });
  const host = { ...common, format: "cjs", external: ["vscode"], metafile: true, plugins: [oneVscode], banner: { js: VSCODE } };
  const timed = { ...host, banner: { js: `${BEGAN}${VSCODE}` } };
  const [main] = await Promise.all([
    esbuild({ ...timed, entryPoints: [here("src/main.node.ts")], outfile: here("dist/main.js"), platform: "node" }),
    esbuild({ ...timed, entryPoints: [here("src/main.web.ts")], outfile: here("dist/web.js"), platform: "browser" }),
    esbuild({ ...host, entryPoints: [here("src/later.ts")], outfile: here("dist/later.js"), platform: "neutral" }),
    esbuild({
      ...common,
      entryPoints: [here("src/worker/main.node.ts")],
      outfile: here("dist/engine.js"),
      format: "cjs",
      platform: "node",
      plugins: [lazyParts],
      write: false,
    }),
    esbuild({ ...common, entryPoints: [here("../core/src/cli/helper.ts")], outfile: here("dist/helper.js"), format: "cjs", platform: "node" }),
    esbuild({ ...common, entryPoints: [here("src/worker/start.node.ts")], outfile: here("dist/worker.js"), format: "cjs", platform: "node" }),
    esbuild({
      ...common,
      entryPoints: [here("src/worker/main.web.ts")],
      outfile: here("dist/worker.web.js"),
      format: "iife",
      platform: "browser",
      plugins: [lazyParts],
      write: false,
    }),
    chunk("typeset", here("src/worker/typeset/mathjax.ts")),
    chunk("symbolic", "@cortex-js/compute-engine"),
    ...["panel", "lab"].flatMap((name) => [
      esbuild({ ...common, entryPoints: [here(`webview/${name}.ts`)], outfile: here(`dist/webview/${name}.js`), format: "esm", platform: "browser" }),
      esbuild({ ...common, entryPoints: [here(`webview/${name}.css`)], outfile: here(`dist/webview/${name}.css`) }),
    ]),
  ]);
  const size = Object.values(main.metafile.outputs)[0].bytes;
  if (size > ACTIVATION_LIMIT) throw new Error(`the activating bundle has ${size} bytes; ${ACTIVATION_LIMIT} are allowed`);
  for (const name of ["engine.js", "worker.web.js"])
    if (/import\("@/.test(await readFile(here(`dist/${name}`), "utf8"))) throw new Error(`${name} imports a package at run time`);
}
