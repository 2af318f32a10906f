// The helper thread as one plain module: worker threads load no TypeScript.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles core/src/cli/helper.ts into .cache and answers where. */
export async function helperFile(): Promise<URL> {
  const out = new URL(`../../../.cache/helper-${process.pid}.mjs`, import.meta.url);
  const entry = fileURLToPath(new URL("../../../core/src/cli/helper.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: fileURLToPath(out),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  return out;
}
