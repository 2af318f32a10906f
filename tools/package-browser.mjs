// Store-ready packages of the browser extension: one zip for each browser, after web-ext has found nothing to complain about.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { build } from "../browser-ext/build.mjs";
import { bin, root, run } from "./run.mjs";

/** What a package may hold. */
const ALLOWED =
  /^(?:manifest\.json|(?:background|later|content|elsewhere|popup|options|shared-\w+)\.js|(?:popup|options)\.html|(?:popup|options|theme)\.css|icons\/\d+\.png|_locales\/\w+\/messages\.json)$/;
/** What no script of it may hold. */
const FORBIDDEN = [/\beval\(/, /\bnew Function\b/, /\.innerHTML\b/, /\bfetch\(/, /XMLHttpRequest/, /\bimport\(/, /sendBeacon/, /WebSocket/];

/** Builds, lints and packs; answers the files written. Throws with the reason when something is wrong. */
export async function packageBrowser({ out = `${root}dist` } = {}) {
  await build();
  mkdirSync(out, { recursive: true });
  const written = [];
  for (const browser of ["chromium", "firefox"]) {
    const folder = `${root}browser-ext/dist/${browser}`;
    const files = listed(folder);
    inspect(folder, files);
    if (browser === "firefox") await lint(folder);
    const { version } = JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8"));
    const file = `${out}/scholium-${browser}-${version}.zip`;
    writeFileSync(file, zip(files.map((name) => [name, readFileSync(`${folder}/${name}`)])));
    console.log(`${relative(root, file)}  ${Math.round(statSync(file).size / 1024)} KB, ${files.length} files`);
    written.push(file);
  }
  return written;
}

const listed = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/"))
    .filter((name) => statSync(`${folder}/${name}`).isFile())
    .sort();

function inspect(folder, files) {
  for (const name of files) {
    if (!ALLOWED.test(name)) throw new Error(`${name} does not belong into the package`);
    if (!name.endsWith(".js")) continue;
    const text = readFileSync(`${folder}/${name}`, "utf8");
    for (const pattern of FORBIDDEN) if (pattern.test(text)) throw new Error(`${name} contains ${pattern.source}`);
  }
}

async function lint(folder) {
  const { output } = await run(bin("web-ext"), ["lint", "--source-dir", folder, "--output", "json", "--no-config-discovery"], { quiet: true });
  const report = JSON.parse(output.slice(output.indexOf("{")));
  const found = [...report.errors, ...report.warnings];
  if (found.length) throw new Error(`web-ext lint: ${found.map((f) => `${f.code} ${f.file ?? ""} ${f.message}`).join("; ")}`);
  console.log("web-ext lint: 0 errors, 0 warnings");
}

/** A zip archive of `[name, bytes]`, the same for the same contents: every file has the time the format begins with. */
const zip = (entries) => zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1) });

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageBrowser();
