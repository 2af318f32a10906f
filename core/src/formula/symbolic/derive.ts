// Derivatives of scalar terms: one rule for each function.

import { type BigExpr, type Expr, fail, said } from "../../expr/index.js";
import { freeNames, fromExpr, structure } from "./fromExpr.js";
import {
  type CallTerm,
  call,
  e,
  half,
  int,
  isOne,
  isZeroTerm,
  mentions,
  minus,
  minusOne,
  nameTerm,
  negate,
  numTerm,
  one,
  opaque,
  pi,
  power,
  productOf,
  square,
  sum,
  sumOf,
  type Term,
  times,
  two,
  zero,
} from "./term.js";
import { toExpr } from "./toExpr.js";
import { substitute } from "./tree.js";

const rules: Readonly<Record<string, (x: Term) => Term>> = {
  ln: (x) => power(x, minusOne),
  sin: (x) => call("cos", [x]),
  cos: (x) => negate(call("sin", [x])),
  tan: (x) => power(call("cos", [x]), int(-2)),
  cot: (x) => negate(power(call("sin", [x]), int(-2))),
  sec: (x) => times(call("sec", [x]), call("tan", [x])),
  csc: (x) => negate(times(call("csc", [x]), call("cot", [x]))),
  arcsin: (x) => power(minus(one, square(x)), negate(half)),
  arccos: (x) => negate(power(minus(one, square(x)), negate(half))),
  arctan: (x) => power(sum(one, square(x)), minusOne),
  sinh: (x) => call("cosh", [x]),
  cosh: (x) => call("sinh", [x]),
  tanh: (x) => minus(one, square(call("tanh", [x]))),
  coth: (x) => minus(one, square(call("coth", [x]))),
  sech: (x) => negate(times(call("sech", [x]), call("tanh", [x]))),
  csch: (x) => negate(times(call("csch", [x]), call("coth", [x]))),
  arsinh: (x) => power(sum(one, square(x)), negate(half)),
  arcosh: (x) => times(power(minus(x, one), negate(half)), power(sum(x, one), negate(half))),
  artanh: (x) => power(minus(one, square(x)), minusOne),
  abs: (x) => call("sign", [x]),
  sign: () => zero,
  floor: () => zero,
  ceil: () => zero,
  round: () => zero,
  erf: (x) => times(two, power(pi, negate(half)), power(e, negate(square(x)))),
  gamma: (x) => times(call("gamma", [x]), call("digamma", [x])),
  factorial: (x) => times(call("factorial", [x]), call("digamma", [sum(x, one)])),
  sigmoid: (x) => times(call("sigmoid", [x]), minus(one, call("sigmoid", [x]))),
  softplus: (x) => call("sigmoid", [x]),
  relu: (x) => times(half, sum(one, call("sign", [x]))),
  Re: () => one,
  Im: () => zero,
};

/** ∂t/∂name. Throws `unsupported` for functions without a rule. */
export function derive(t: Term, name: string): Term {
  if (!mentions(t, nameTerm(name))) return zero;
  switch (t.k) {
    case "name":
      return one;
    case "sum":
      return sumOf(t.terms.map((s) => derive(s, name)));
    case "product": {
      const out: Term[] = [];
      t.factors.forEach((f, i) => {
        const d = derive(f, name);
        if (!isZeroTerm(d)) out.push(productOf([numTerm(t.coef), d, ...t.factors.filter((_, j) => j !== i)]));
      });
      return sumOf(out);
    }
    case "power": {
      const [db, dx] = [derive(t.base, name), derive(t.exponent, name)];
      const fromBase = isZeroTerm(db) ? zero : productOf([t.exponent, power(t.base, minus(t.exponent, one)), db]);
      const fromExponent = isZeroTerm(dx) ? zero : productOf([t, call("ln", [t.base]), dx]);
      return sum(fromBase, fromExponent);
    }
    case "call":
      return deriveCall(t, name);
    case "opaque": {
      const leibniz = t.expr.kind === "big" && t.expr.op === "integral" ? deriveIntegral(t.expr, name) : null;
      if (leibniz) return leibniz;
      const inner = { kind: "derivative" as const, operator: "partial" as const, variables: [{ name, order: 1 }], body: t.expr, range: t.expr.range };
      return opaque(inner, structure(inner), t.names);
    }
    default:
      return zero;
  }
}

/** d/dx ∫ₐᵇ f dt = f(b) b' − f(a) a' + ∫ₐᵇ ∂f/∂x dt (Leibniz); null without bounds. */
function deriveIntegral(e: BigExpr, name: string): Term | null {
  const { variable, lower, upper, body } = e;
  if (variable === undefined || !lower || !upper || variable === name) return null;
  const f = fromExpr(body, [variable]);
  const end = (bound: Expr): Term => {
    const b = fromExpr(bound);
    const db = derive(b, name);
    return isZeroTerm(db) ? zero : times(fromExpr(substitute(body, { [variable]: bound })), db);
  };
  const inside = derive(f, name);
  const rest: Term[] = [];
  if (!isZeroTerm(inside)) {
    const integral: BigExpr = { ...e, body: toExpr(inside) };
    rest.push(opaque(integral, structure(integral), freeNames(integral)));
  }
  return sum(end(upper), negate(end(lower)), ...rest);
}

function deriveCall(t: CallTerm, name: string): Term {
  if (t.name === "binom" && isZeroTerm(derive(t.args[1]!, name))) {
    const [n, k] = t.args as [Term, Term];
    return times(t, minus(call("digamma", [sum(n, one)]), call("digamma", [sum(minus(n, k), one)])), derive(n, name));
  }
  if ((t.name === "max" || t.name === "min") && t.args.length === 2) {
    // max(a, b) = (a + b + |a - b|)/2
    const [a, b] = t.args as [Term, Term];
    const s = times(half, t.name === "max" ? one : minusOne, call("abs", [minus(a, b)]));
    return derive(sum(times(half, sum(a, b)), s), name);
  }
  const rule = rules[t.name];
  if (!rule || t.args.length !== 1) return fail("unsupported", said`no derivative is known for ${t.name}`, [0, 0]);
  const x = t.args[0]!;
  const dx = derive(x, name);
  return isOne(dx) ? rule(x) : times(rule(x), dx);
}

/** The n-th derivative. */
export function deriveTimes(t: Term, name: string, order: number): Term {
  let out = t;
  for (let i = 0; i < order && !isZeroTerm(out); i++) out = derive(out, name);
  return out;
}
