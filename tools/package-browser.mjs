// Store-ready packages of the browser extension: one zip for each browser, after web-ext has found nothing to complain about.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "../browser-ext/build.mjs";
import { bin, root, run } from "./run.mjs";

/** What a package may hold. */
const ALLOWED =
  /^(?:manifest\.json|(?:background|content|elsewhere|popup|options|shared-\w+)\.js|(?:popup|options)\.html|(?:popup|options|theme)\.css|icons\/\d+\.png|_locales\/\w+\/messages\.json)$/;
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

/** A zip archive of `[name, bytes]`, the same for the same contents: no times, no attributes. */
export function zip(entries) {
  const locals = [];
  const central = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const nameBytes = Buffer.from(name);
    // Shared by both headers: version 2.0, names in UTF-8, deflate, 1980-01-01.
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = TABLE[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageBrowser();
