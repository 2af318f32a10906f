// Compiles the AssemblyScript sources into the two modules the bundle carries as text: with relaxed-SIMD multiply-add, and with plain SIMD.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIMIT = 60 * 1024;
const BUILDS = { relaxed: ["--enable", "relaxed-simd"], simd: [] };
const FLAGS = ["-O3", "--shrinkLevel", "1", "--noAssert", "--runtime", "stub", "--use", "abort=", "--enable", "simd", "--importMemory"];
const MEMORY = ["--initialMemory", "128", "--maximumMemory", "65536"];

function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(here("build.mjs")));
  for (const name of readdirSync(here("assembly")).sort()) hash.update(name).update(readFileSync(here(`assembly/${name}`)));
  return hash.digest("hex").slice(0, 16);
}

async function compile(flags) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "out.wasm", ...FLAGS, ...MEMORY, ...flags], {
    readFile: (name, base) => {
      const path = here(`assembly/${base && base !== "." ? `${base}/` : ""}${name}`);
      return existsSync(path) ? readFileSync(path, "utf8") : null;
    },
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernels do not compile: ${error.message}\n${stderr.toString()}`);
  return binary;
}

/** Writes generated/relaxed.ts and generated/simd.ts unless they are up to date. */
export async function build() {
  const mark = `// ${fingerprint()}`;
  mkdirSync(here("generated"), { recursive: true });
  for (const [name, flags] of Object.entries(BUILDS)) {
    const path = here(`generated/${name}.ts`);
    if (existsSync(path) && readFileSync(path, "utf8").startsWith(mark)) continue;
    const binary = await compile(flags);
    if (binary.length > LIMIT) throw new Error(`the ${name} kernels take ${binary.length} bytes; ${LIMIT} are allowed`);
    const text = Buffer.from(binary).toString("base64");
    writeFileSync(path, `${mark}\n/** The ${name} build of the kernels, base64. */\nexport const ${name}: string =\n  "${text}";\n`);
    console.log(`kernels/${name}: ${binary.length} bytes`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
