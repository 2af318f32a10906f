// The manifests as they were built.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const built = (browser) => fileURLToPath(new URL(`../../browser-ext/dist/${browser}`, import.meta.url));
export const manifest = (browser) => JSON.parse(readFileSync(`${built(browser)}/manifest.json`, "utf8"));
