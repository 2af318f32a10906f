// The laws of the house (CONTRIBUTING.md, "Laws") as rules: who may know whom.

const room = (names) => `^core/src/(${names})/`;
const numbers = "linalg|signal";
const mathematics = "autodiff|lowrank|structured|msign|lora|ssm|rope|attention|optim|quantize|sparsity|diffusion|benchmarks";

/** A room may know only the named rooms (and itself). */
const only = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: room(from) },
  to: { path: "^core/src/", pathNot: room(allowed ? `${from}|${allowed}` : from) },
});

module.exports = {
  forbidden: [
    // A term's normal form and the known values of functions need each other; they stay in two files for their length alone.
    { name: "no-circles", severity: "error", from: { pathNot: "node_modules|formula/symbolic/(term|functionValues)\\.ts$" }, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "no-deep-imports",
      comment: "another room is known by its index only",
      severity: "error",
      from: { path: "^core/src/([^/]+)/" },
      to: { path: "^core/src/[^/]+/.+", pathNot: ["^core/src/$1/", "^core/src/[^/]+/index\\.ts$"] },
    },
    only("kernels-know-nothing", "kernels", ""),
    only("linalg-knows-kernels", "linalg", "kernels"),
    only("signal-knows-linalg", "signal", "linalg|kernels"),
    only("mathematics-knows-numbers", mathematics, `${numbers}|kernels`),
    only("figure-knows-linalg", "figure", "linalg"),
    only("expr-knows-linalg", "expr", "linalg"),
    only("formats-know-expr", "formats", "expr|linalg"),
    only("catalogue-knows-mathematics", "catalogue", `${numbers}|${mathematics}|figure`),
    only("formula-knows-formats", "formula", `expr|formats|catalogue|${numbers}`),
    only("papers-know-nothing", "papers", ""),
    only("files-know-linalg", "files", "linalg"),
    only("labs-know-mathematics", "labs", `catalogue|figure|${numbers}|${mathematics}`),
    { name: "nobody-knows-the-cli", severity: "error", from: { path: "^core/src/(?!cli/)" }, to: { path: "^core/src/cli/" } },
    { name: "core-is-pure", comment: "no Node outside the command line", severity: "error", from: { path: "^core/src/(?!cli/)" }, to: { dependencyTypes: ["core"] } },
    { name: "core-knows-no-face", severity: "error", from: { path: "^core/" }, to: { path: "^(extension|browser-ext)/" } },
    { name: "faces-apart-1", severity: "error", from: { path: "^extension/" }, to: { path: "^browser-ext/" } },
    { name: "faces-apart-2", severity: "error", from: { path: "^browser-ext/" }, to: { path: "^extension/" } },
    {
      name: "faces-know-doors",
      comment: "a face uses core's exports only",
      severity: "error",
      from: { path: "^(extension|browser-ext)/" },
      to: { path: "^core/src/[^/]+/.+", pathNot: "^core/src/[^/]+/index\\.ts$" },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$|/generated/" } },
    { name: "no-dev-in-product", severity: "error", from: { path: "^(core|extension|browser-ext)/.*src/" }, to: { dependencyTypes: ["npm-dev"], pathNot: "@types/|/vscode" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|generated|assembly)/|\\.mjs$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
