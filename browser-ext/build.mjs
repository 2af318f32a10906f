// Builds the browser extension: one source, an unpacked folder for each browser in dist/.
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { icon } from "./src/icon.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds dist/chromium and dist/firefox. `measure` leaves timings in the page's performance timeline (for the benchmark); `out` is another folder.
 */
export async function build({ out = here("dist"), measure = false } = {}) {
  const manifests = await loadManifests();
  await Promise.all(
    Object.entries(manifests).map(async ([name, manifest]) => {
      const outdir = `${out}/${name}`;
      await rm(outdir, { recursive: true, force: true });
      await mkdir(`${outdir}/icons`, { recursive: true });
      const common = {
        outdir,
        bundle: true,
        minify: true,
        target: name === "firefox" ? "firefox142" : "chrome121",
        charset: "utf8",
        define: { MEASURE: String(measure) },
        logLevel: "warning",
      };
      // The pages are modules and share the paper rules. A content script has to be one plain file, and the background starts sooner as one.
      await esbuild({
        ...common,
        entryPoints: entries("popup/popup", "options/options"),
        format: "esm",
        splitting: true,
        chunkNames: "shared-[hash]",
      });
      const plain = entries("background/main", "later/main", "content/main", "content/elsewhere");
      await esbuild({ ...common, entryPoints: plain, format: "iife" });
      for (const page of ["popup", "options"])
        for (const type of ["html", "css"]) await cp(here(`src/${page}/${page}.${type}`), `${outdir}/${page}.${type}`);
      await cp(here("src/shared/theme.css"), `${outdir}/theme.css`);
      await cp(here("_locales"), `${outdir}/_locales`, { recursive: true });
      for (const size of [16, 32, 48, 128]) await writeFile(`${outdir}/icons/${size}.png`, icon(size));
      await writeFile(`${outdir}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    }),
  );
}

/** Entry points named after their folder, or after themselves where they are not its main file. */
const entries = (...files) =>
  Object.fromEntries(files.map((file) => [file.endsWith("/main") ? file.split("/")[0] : file.split("/")[1], here(`src/${file}.ts`)]));

/** The manifests are TypeScript, so that the extension can read the same lists. */
async function loadManifests() {
  const { outputFiles } = await esbuild({ entryPoints: [here("src/manifest.ts")], bundle: true, format: "esm", platform: "node", write: false });
  const { manifests } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  return manifests;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
