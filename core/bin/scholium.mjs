#!/usr/bin/env node
// `npx scholium`: the built command line, or what to do when it is not built yet.
import { existsSync } from "node:fs";

const built = new URL("../dist/cli.mjs", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error("scholium is not built yet; run: npm run build -- core");
  process.exitCode = 2;
}
