// The expectation of a function of one random number, by the density or the probabilities of its distribution.

import { type BigExpr, type CallExpr, type Expr, fail, type Value } from "../../expr/index.js";
import { findFormat } from "../../formats/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { evaluate } from "./dispatch.js";
import { isIdentity } from "./identity.js";
import { binary } from "./operate.js";
import { emptyScope } from "./scope.js";

interface Distribution {
  /** Its name as papers write it, set upright, calligraphic or plainly. */
  readonly name: RegExp;
  /** The letters of its parameters in `weight` and the ends, in order. */
  readonly parameters: readonly string[];
  /** Density, or probability of a whole number, at x. */
  readonly weight: string;
  readonly from: string;
  readonly to: string;
  readonly discrete?: boolean;
}

/** By the definitions of Johnson, Kotz and Balakrishnan, Continuous (1994) and (with Kemp) Univariate Discrete Distributions (2005). */
const distributions: readonly Distribution[] = [
  {
    name: /^(?:N|Normal|Gaussian)$/,
    parameters: ["m", "v"],
    weight: String.raw`\frac{1}{\sqrt{2\pi v}} e^{-(x-m)^2/(2v)}`,
    from: String.raw`-\infty`,
    to: String.raw`\infty`,
  },
  { name: /^(?:U|Unif|Uniform)$/, parameters: ["a", "b"], weight: String.raw`\frac{1}{b-a}`, from: "a", to: "b" },
  { name: /^(?:Exp|Exponential)$/, parameters: ["r"], weight: "r e^{-r x}", from: "0", to: String.raw`\infty` },
  { name: /^(?:Ber|Bern|Bernoulli)$/, parameters: ["p"], weight: "p^x (1-p)^{1-x}", from: "0", to: "1", discrete: true },
  {
    name: /^(?:Pois|Poisson)$/,
    parameters: ["r"],
    weight: String.raw`\frac{r^x e^{-r}}{x!}`,
    from: "0",
    to: String.raw`\infty`,
    discrete: true,
  },
];

const read = (latex: string): Expr => {
  const [statement] = findFormat("latex")?.parse(latex, {}).statements ?? [];
  return statement?.kind === "expression" ? statement.body : fail("internal", "a density could not be read", [0, 0]);
};

/** N(0, 1), \mathcal{U}[0, 1], \text{Exp}(2): the name without its setting, and the parameters. */
function applied(e: Expr): { readonly name: string; readonly args: readonly Expr[] } | null {
  const bare = (name: string) => name.replace(/\\(?:mathcal|mathrm|text|mathbf|operatorname)|[{}\\\s]/g, "");
  if (e.kind === "call") return { name: bare(e.name), args: e.args };
  return e.kind === "binary" && e.op === "multiply" && e.left.kind === "name" && e.right.kind === "list"
    ? { name: bare(e.left.name), args: e.right.items }
    : null;
}

/** \mathcal N(x; μ, σ²) or \mathcal N(x | μ, σ²): the density at x; null for other calls. */
export function densityCall(e: CallExpr, context: Context): Value | null {
  if (!/^\\mathcal\{N\}$/.test(e.name)) return null;
  const [first, ...rest] = e.args;
  const [link] = first?.kind === "relation" && first.rest.length === 1 && first.rest[0]?.op === "|" ? first.rest : [];
  const args = link && first?.kind === "relation" ? [first.first, link.operand, ...rest] : e.args;
  const [x, m, v] = args.map((a) => evaluate(a, context));
  const normal = distributions[0] as Distribution;
  if (!x || !m || !v || args.length !== 3 || [x, m, v].some(isNoNumber)) return null;
  return formulaAt(normal, [m, v], x, context);
}

const isNoNumber = (v: Value): boolean => v.kind === "array" || v.kind === "list" || v.kind === "function" || isIdentity(v);

const formulaAt = (d: Distribution, parameters: readonly Value[], x: Value, context: Context, latex = d.weight): Value =>
  evaluate(read(latex), {
    ...context,
    language: "latex",
    // The letters of these formulas are not those of the text.
    scope: emptyScope.with({ ...Object.fromEntries(d.parameters.map((p, k) => [p, parameters[k] as Value])), x }),
  });

/** E_{x \sim \mathcal N(0, 1)}[f(x)]; null where the variable or its distribution is none of those known here. */
export function distributionExpectation(e: BigExpr, context: Context): Value | null {
  const c = e.condition;
  if (c?.kind !== "relation" || c.rest.length !== 1 || c.rest[0]?.op !== "∼" || c.first.kind !== "name") return null;
  const given = applied(c.rest[0].operand);
  const found = given && distributions.find((d) => d.name.test(given.name) && d.parameters.length === given.args.length);
  if (!given || !found) return null;
  const parameters = given.args.map((a) => evaluate(a, context));
  if (parameters.some(isNoNumber)) return null;
  const variable = symbolic.freeName(c.first.name, c.first.range);
  const at = (latex: string): Value => formulaAt(found, parameters, variable, context, latex);
  const body = evaluate(e.body, { ...context, scope: context.scope.with({ [c.first.name]: variable }) });
  const weighted = binary("multiply", body, at(found.weight), context, e.range);
  const over = found.discrete ? symbolic.symbolicSum : symbolic.symbolicIntegral;
  return over(weighted, c.first.name, at(found.from), at(found.to), context, e.range);
}
