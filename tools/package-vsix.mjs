// Packages the extension as a VSIX with vsce. Everything it ships is built into dist/, so no dependency is packed.
import { mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bin, root, run } from "./run.mjs";

/** Writes dist/NAME-VERSION.vsix of a built extension, Scholium unless another folder is named, and answers its path. */
export async function packageVsix(extension = path.join(root, "extension")) {
  const { name, version } = JSON.parse(readFileSync(path.join(extension, "package.json"), "utf8"));
  const file = path.join(root, "dist", `${name}-${version}.vsix`);
  mkdirSync(path.dirname(file), { recursive: true });
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--no-rewrite-relative-links", "--out", file];
  const { code, output } = await run(bin("vsce"), ["package", ...options], { cwd: extension, quiet: true });
  if (code !== 0) throw new Error(`vsce failed\n${output}`);
  return file;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = await packageVsix();
  console.log(`${path.relative(root, file)} (${Math.round(statSync(file).size / 1024)} kB)`);
}
