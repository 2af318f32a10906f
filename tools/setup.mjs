// What a fresh machine needs: the npm packages of the lock file, and the system packages the real browsers and editor come from.
import { existsSync, readFileSync, statSync } from "node:fs";
import { root, run } from "./run.mjs";

/** Debian package -> a program it brings. */
const SYSTEM = {
  chromium: "chromium",
  "firefox-esr": "firefox-esr",
  xvfb: "Xvfb",
  xdotool: "xdotool",
  openssl: "openssl",
  iproute2: "ip",
  "util-linux": "unshare",
};

const which = async (program) => (await run("sh", ["-c", `command -v ${program}`], { quiet: true })).code === 0;

/** Installs the packages of package-lock.json when node_modules is missing or older; no install script is run. */
export async function setupPackages() {
  const stamp = `${root}node_modules/.package-lock.json`;
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs) return;
  console.log("Installing npm packages (npm ci --ignore-scripts) ...");
  const { code, output } = await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { quiet: true });
  if (code !== 0) {
    console.error(output);
    throw new Error("npm ci failed; the packages of package-lock.json could not be installed");
  }
}

const debian = () => existsSync("/etc/debian_version");

/**
 * Makes sure the programs are there. As root on Debian or Ubuntu it installs what is missing and says so; elsewhere it prints the one line to run.
 * Answers with the programs that are still missing.
 */
export async function setupSystem(packages = Object.keys(SYSTEM)) {
  const missing = [];
  for (const name of packages) if (!(await which(SYSTEM[name]))) missing.push(name);
  if (missing.length === 0) return [];
  const line = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (!debian() || process.getuid?.() !== 0) {
    console.log(
      `Missing: ${missing.join(", ")}. ${debian() ? `Run: sudo ${line}` : `Install ${missing.map((m) => SYSTEM[m]).join(", ")} with your package manager.`}`,
    );
    return missing;
  }
  console.log(`Installing system packages: ${missing.join(" ")} ...`);
  await run("apt-get", ["update", "-q"], { quiet: true });
  const { code, output } = await run("sh", ["-c", line], { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } });
  if (code !== 0) console.log(output.split("\n").slice(-15).join("\n"));
  const left = [];
  for (const name of missing) if (!(await which(SYSTEM[name]))) left.push(name);
  if (left.length) console.log(`Could not install: ${left.join(", ")}`);
  return left;
}

/** Refuses a Node that is too old, with what to do. */
export function checkNode() {
  const wanted = Number(/\d+/.exec(JSON.parse(readFileSync(`${root}package.json`, "utf8")).engines.node)[0]);
  const have = Number(process.versions.node.split(".")[0]);
  if (have < wanted) throw new Error(`Scholium needs Node ${wanted} or later; this is Node ${process.versions.node}. Get it from nodejs.org.`);
}
