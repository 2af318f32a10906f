// Bundles the tests that run inside VS Code's extension hosts.
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Under the extension: VS Code runs tests in the host of the extension that contains them. */
export const suites = { node: here("../../extension/dist/test/node.js"), web: here("../../extension/dist/test/web.js") };

export async function buildSuites() {
  // ONLY="^live |^hover " in the environment: the tests whose title matches.
  const define = { SUITE_GREP: JSON.stringify(process.env.ONLY ?? "") };
  const common = { bundle: true, format: "cjs", target: "es2022", sourcemap: "inline", logLevel: "warning", define };
  await Promise.all([
    esbuild({ ...common, entryPoints: [here("suite/index.node.ts")], outfile: suites.node, platform: "node", external: ["vscode", "mocha"] }),
    // mocha's browser build belongs into the bundle: a web extension host has no node_modules.
    esbuild({
      ...common,
      entryPoints: [here("suite/index.web.ts")],
      outfile: suites.web,
      platform: "browser",
      external: ["vscode"],
      define: { ...define, global: "globalThis" },
    }),
  ]);
}
