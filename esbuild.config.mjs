// The one build: `npm run build [-- NAME...]`. Each workspace says in its own build.mjs what it is made of; core goes first, as the others bundle it.
const parts = ["core", "extension", "browser-ext"];
const wanted = process.argv.slice(2).filter((a) => !a.startsWith("-"));
for (const name of wanted.length ? wanted : parts) {
  const started = performance.now();
  const { build } = await import(`./${name}/build.mjs`);
  await build();
  console.log(`built ${name} in ${Math.round(performance.now() - started)} ms`);
}
