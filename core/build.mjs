// Builds what core ships: the command line. (The rooms are bundled from source by the faces that use them.)
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export async function build() {
  if (existsSync(here("src/kernels/build.mjs"))) await (await import("./src/kernels/build.mjs")).build();
  await esbuild({
    entryPoints: { cli: here("src/cli/main.ts"), worker: here("src/cli/worker.ts"), helper: here("src/cli/helper.ts") },
    outdir: here("dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    minify: true,
    define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync(here("package.json"), "utf8")).version) },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: "warning",
  });
}
