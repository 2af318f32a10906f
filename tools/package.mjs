// `npm run package`: builds everything and writes what the stores take: the VSIX and the browser zips.
import { statSync } from "node:fs";
import path from "node:path";
import { root, run } from "./run.mjs";
import { setupPackages } from "./setup.mjs";

await setupPackages();
const { code } = await run("node", ["esbuild.config.mjs"]);
if (code !== 0) process.exit(code);
const { packageBrowser } = await import("./package-browser.mjs");
const { packageVsix } = await import("./package-vsix.mjs");
const vsix = await packageVsix();
console.log(`${path.relative(root, vsix)} (${Math.round(statSync(vsix).size / 1024)} kB)`);
await packageBrowser();
