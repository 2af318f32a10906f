// The parts of the editor's tests by name, in the order they run. Each loads what it needs only when it runs: the list is also read where nothing is built.
import { cpSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";

/** The tests inside an extension host, over a copy of the samples. */
const suite = (kind) => async () => {
  const [{ runSuite }, { freshProfile }] = await Promise.all([import("./suites.mjs"), import("./server.mjs")]);
  return async (browser, say) => {
    const profile = freshProfile();
    cpSync(path.join(root, "extension/samples"), profile.ws, { recursive: true });
    await runSuite(kind, browser, profile.ws, say);
    profile.remove();
  };
};

/** The packaged extension, driven by keys and mouse. */
const driven = (load) => async () => {
  const drive = await load();
  return async (browser, say) => drive(await packageVsix(), browser, say);
};

export const parts = {
  node: suite("node"),
  web: suite("web"),
  user: driven(async () => (await import("./drive.mjs")).drive),
  panel: driven(async () => (await import("./drivePanel.mjs")).drivePanel),
  access: driven(async () => (await import("./driveAccess.mjs")).driveAccess),
  corners: driven(async () => (await import("./driveCorners.mjs")).driveCorners),
  labs: driven(async () => (await import("./driveLabs.mjs")).driveLabs),
  notes: driven(async () => (await import("./driveNotes.mjs")).driveNotes),
};
