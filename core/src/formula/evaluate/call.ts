// Named functions: defined ones, those of the notation, the common ones, and the catalogue's.

import { type CallExpr, fail, nearest, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { applyFunction } from "./apply.js";
import { catalogueCall } from "./catalogueCall.js";
import { kept } from "./closed.js";
import { dialects, ofFlavour } from "./dialect/index.js";
import { evaluate } from "./dispatch.js";
import { densityCall } from "./distribution.js";
import { carried, flavourOf } from "./flavour.js";
import type { FormulaFunction } from "./function.js";
import { functions } from "./functions/index.js";
import { divergenceName } from "./functions/information.js";
import { isIdentity } from "./identity.js";
import { select } from "./indexing.js";
import { semanticsOf } from "./language.js";
import { letterValue } from "./letters.js";
import { mathematics } from "./linear.js";
import { listItems } from "./matrixLiteral.js";
import { lookup } from "./name.js";
import { asArray, binary } from "./operate.js";
import { rewritingCall, rewritingNames } from "./rewriting.js";

const find = (name: string, context: Context): FormulaFunction | undefined => dialects[context.language]?.get(name) ?? functions.get(name);

export function evaluateCall(e: CallExpr, context: Context): Value {
  const defined = context.scope.lookup(e.name, e.nameRange) ?? (find(e.name, context) ? undefined : lookup(e.name, context, e.nameRange));
  if (defined !== undefined) return definedCall(defined, e, context);
  if (e.name.endsWith("^{-1}")) {
    if (e.name === "\\Phi^{-1}") return evaluateCall({ ...e, name: "norminv" }, context);
    if (context.scope.lookup(e.name.slice(0, -5), e.nameRange))
      return fail("unsupported", said`the inverse function ${e.name} is not computed`, e.range, "Write 1/f(x) for the reciprocal, or solve f(x) = y");
  }
  const between = divergenceCall(e) ?? cosineCall(e, context);
  if (between) return evaluateCall(between, context);
  const rewritten = rewritingCall(e, context) ?? densityCall(e, context);
  if (rewritten) return rewritten;
  const args = listItems(e.args, context);
  const flavour = args.map(flavourOf).find((x) => x === "tensor" || x === "frame") ?? e.flavour;
  const f = (flavour && ofFlavour[flavour]?.get(e.name)) ?? find(e.name, context);
  const named: Record<string, Value> = {};
  for (const [key, value] of Object.entries(e.named ?? {})) named[key] = evaluate(value, context);
  if (f) return carried(apply(f, args, named, e, context), leavesType.has(f.name) ? [] : args);
  const routine = context.catalogue.find(e.name);
  if (routine) return catalogueCall(routine, args, named, e, context);
  if (args.some((a) => a.kind === "symbolic") && !/^[A-Za-z]{2,}$/.test(e.name)) return symbolic.symbolicCall(e.name, args, named, context, e.range);
  // B(a, b) of two numbers is Euler's beta function, \sigma([1, 2]) the logistic one.
  if (/^(?:B|\\mathrm\{B\}|\\Beta)$/.test(e.name) && args.length === 2) return evaluateCall({ ...e, name: "beta" }, context);
  if (e.name === "H" && args.length === 2) return evaluateCall({ ...e, name: "crossentropy" }, context);
  const letter = args.length === 1 ? letterValue(e.name, asArray(args[0] as Value), e.args[0] as CallExpr["args"][number], context, e.range) : null;
  if (letter) return letter;
  const near = nearest(e.name, [...functions.keys(), ...rewritingNames, ...context.catalogue.names(), ...context.scope.names()]);
  return fail("unknown-function", said`there is no function named ${e.name}`, e.nameRange, near ? said`Did you mean ${near}?` : undefined);
}

/** KL(p ‖ q), D_{KL}(p, q): a divergence of two distributions, however its name is set; null for other calls. */
function divergenceCall(e: CallExpr): CallExpr | null {
  const name = divergenceName(e.name);
  const [only, second] = e.args;
  if (name === null || !only) return null;
  const [link] = only.kind === "relation" && only.rest.length === 1 ? only.rest : [];
  if (!second && link?.op === "|" && only.kind === "relation") return { ...e, name, args: [only.first, link.operand] };
  return name === e.name ? null : { ...e, name };
}

/** \cos(x, y) of two vectors: the cosine of the angle between them, as a call; null for other calls. */
const cosineCall = (e: CallExpr, context: Context): CallExpr | null =>
  e.name === "cos" && e.args.length === 2 && semanticsOf(context.language).symbols ? { ...e, name: "cosine_similarity" } : null;

function apply(f: FormulaFunction, given: readonly Value[], named: Readonly<Record<string, Value>>, e: CallExpr, context: Context): Value {
  const identity = given.findIndex(isIdentity);
  if (identity >= 0 && !f.structural)
    return fail("identity-size", "the size of the identity I is unknown here", (e.args[identity] ?? e).range, "Write I_n with its size");
  const [least, most] = f.arity;
  if (given.length < least || given.length > most) {
    if (given.length === 0) return fail("missing-argument", said`${e.name} needs an argument`, e.range);
    const wanted =
      least === most
        ? `${least} ${least === 1 ? "argument" : "arguments"}`
        : most === Number.POSITIVE_INFINITY
          ? `at least ${least} arguments`
          : `${least} to ${most} arguments`;
    return fail("arity", said`${e.name} takes ${wanted}, not ${given.length}`, e.range);
  }
  const args = given.map(asArray);
  const open = [...args, ...Object.values(named)].some(
    (a) => a.kind === "symbolic" || (a.kind === "list" && a.items.some((x) => x.kind === "symbolic")),
  );
  if (open && !f.structural) return symbolic.symbolicCall(f.name, args, named, context, e.range);
  context.budget.check();
  const asked = context.language === "python" ? watched(named) : { named, unread: () => undefined };
  const value = mathematics(e.range, () => f.apply(args, asked.named, e, context));
  const unread = asked.unread();
  if (unread)
    return fail(
      "unsupported",
      said`${e.name} does not read the argument ${unread}`,
      e.named?.[unread]?.range ?? e.range,
      "Leave it out if the value does not depend on it",
    );
  return kept(value, [...args, ...Object.values(named)], context, () => symbolic.symbolicCall(f.name, args, named, context, e.range));
}

/** Functions whose answer is an ordinary number whatever the type of what they are asked of. */
const leavesType = new Set("mean median mode std var double numel size length len ndim shape argmax argmin nonzero norm double_ trunc".split(" "));

/** Arguments that say where and how to compute, not what. */
const harmless = new Set(
  "dtype device requires_grad out copy subok like pin_memory memory_format layout casting name generator inplace check_finite overwrite_a overwrite_b overwrite_x driver non_blocking stable kind assume_unique rcond hermitian UPLO training precision preferred_element_type sparse use_cache".split(
    " ",
  ),
);

/** Named arguments that remember whether they were looked at: one that nobody reads would be left out in silence. */
function watched(named: Readonly<Record<string, Value>>): {
  readonly named: Readonly<Record<string, Value>>;
  readonly unread: () => string | undefined;
} {
  const open = new Set(Object.keys(named).filter((k) => !harmless.has(k) && !isUnset(named[k] as Value)));
  if (open.size === 0) return { named, unread: () => undefined };
  const proxy = new Proxy(named, {
    get: (target, key) => {
      open.delete(String(key));
      return Reflect.get(target, key);
    },
    has: (target, key) => {
      open.delete(String(key));
      return Reflect.has(target, key);
    },
    ownKeys: (target) => {
      open.clear();
      return Reflect.ownKeys(target);
    },
  });
  return { named: proxy, unread: () => open.values().next().value };
}

/** False and None ask for what happens anyway. */
const isUnset = (v: Value): boolean => (v.kind === "boolean" && !v.value) || (v.kind === "real" && Number.isNaN(v.value));

/** A defined function is applied; a defined array in MATLAB's brackets is indexed; a number in front of brackets multiplies. */
function definedCall(value: Value, e: CallExpr, context: Context): Value {
  const args = e.args.map((a) =>
    a.kind === "dots" ? fail("unresolved-ellipsis", "the dots do not say what they stand for", a.range) : evaluate(a, context),
  );
  if (value.kind === "function") {
    const named = new Map(Object.entries(e.named ?? {}).map(([k, x]) => [k, evaluate(x, context)]));
    return applyFunction({ ...value, name: value.name ?? e.name }, args, context, e.range, value, named);
  }
  const inBrackets = context.language === "matlab" || context.language === "fortran";
  if (inBrackets && (value.kind === "array" || value.kind === "list"))
    return select(
      value,
      args.map((a, k) => {
        const range = (e.args[k] as (typeof e.args)[number]).range;
        return a.kind === "array" ? { kind: "many", value: a, range } : { kind: "one", value: a, range };
      }),
      1,
      context,
      e.range,
    );
  const [only] = args;
  if (only && args.length === 1) return binary("multiply", value, only, context, e.range);
  return fail("unknown-function", said`${e.name} is no function`, e.nameRange);
}
