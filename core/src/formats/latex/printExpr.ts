// Expressions as LaTeX that reads back as the same expression.

import type { BigExpr, BinaryOp, DerivativeExpr, Expr, NumberExpr, Statement } from "../../expr/index.js";
import { functionSign } from "./functions.js";
import { opaqueOps as opaquePowers, relationSigns } from "./operators.js";
import { Power } from "./reader.js";

interface Printed {
  readonly text: string;
  /** How closely its outermost operator binds; a whole in itself is 100. */
  readonly power: number;
  /** Ends with an operator that takes every further factor (\sum ... body). */
  readonly open?: boolean;
}

const whole = (text: string): Printed => ({ text, power: 100 });

/** An expression as LaTeX. */
export const printExpr = (e: Expr): string => print(e).text;

/** A statement as LaTeX. */
export function printStatement(s: Statement): string {
  switch (s.kind) {
    case "define":
      return `${s.name}${s.params ? `\\left(${s.params.join(", ")}\\right)` : ""} = ${s.body.kind === "list" && s.body.brackets === "" && !isSystem(s.body) ? commas(s.body.items) : at(s.body, Power.relation + 1)}`;
    case "declare": {
      const field = { real: "R", complex: "C", integer: "Z" }[s.field];
      return `${s.name} \\in \\mathbb{${field}}${s.shape.length > 0 ? `^{${s.shape.map((x) => at(x, s.shape.length > 1 ? Power.multiply + 1 : 0)).join(" \\times ")}}` : ""}`;
    }
    case "assume":
      return printExpr(s.condition);
    case "expression":
      if (s.body.kind === "list" && s.body.brackets === "" && !isSystem(s.body)) return commas(s.body.items);
      // An equation that defines nothing, though its left side is a name.
      return s.body.kind === "relation" && s.body.first.kind === "name" && /^:?=$/.test(s.body.rest[0]?.op ?? "")
        ? `\\left(${printExpr(s.body)}\\right)`
        : printExpr(s.body);
  }
}

/** The expression, in brackets unless it binds at least as closely as `power`. */
function at(e: Expr, power: number): string {
  const p = print(e);
  if (p.power >= power) return p.text;
  return e.kind === "list" ? `{${p.text}}` : `\\left(${p.text}\\right)`;
}

/** A left operand: must not swallow what follows it. */
function leftOperand(e: Expr, power: number): string {
  const p = print(e);
  return p.power >= power && !(p.open && power >= Power.multiply) ? p.text : brackets(e, p.text);
}

/** A right operand: must not begin with a sign. */
function rightOperand(e: Expr, power: number): Printed {
  const p = print(e);
  return p.power >= power && !/^[-+]|^\\(pm|mp)\b/.test(p.text) ? p : whole(brackets(e, p.text));
}

const brackets = (e: Expr, text: string): string => (e.kind === "list" && e.brackets === "" ? `{${text}}` : `\\left(${text}\\right)`);

/** What a script may be put on. */
function base(e: Expr): string {
  const p = print(e);
  const scripted = /[\^_']|'$/.test(stripGroups(p.text)) || (e.kind === "name" && e.name.includes("^"));
  if (p.power < 100 || (e.kind === "binary" && e.op === "divide")) return brackets(e, p.text);
  return scripted && e.kind !== "matrix" && e.kind !== "norm" && !(e.kind === "name" && !/[\^']/.test(stripGroups(p.text)))
    ? `\\left(${p.text}\\right)`
    : p.text;
}

/** A text without what stands in braces. */
function stripGroups(text: string): string {
  let depth = 0;
  let out = "";
  for (const c of text) {
    if (c === "{") depth++;
    else if (c === "}") depth--;
    else if (depth === 0) out += c;
  }
  return out;
}

const commas = (items: readonly Expr[]): string => items.map((x) => (x.kind === "hole" ? "\\cdot" : at(x, 1))).join(", ");
const isSystem = (e: Extract<Expr, { kind: "list" }>): boolean => e.items.length > 0 && e.items.every((i) => i.kind === "relation");

const operators: Readonly<Partial<Record<BinaryOp, readonly [string, number]>>> = {
  add: ["+", Power.add],
  subtract: ["-", Power.add],
  plusminus: ["\\pm", Power.add],
  directsum: ["\\oplus", Power.add],
  multiply: ["*", Power.multiply],
  matmul: ["*", Power.multiply],
  dot: ["\\cdot", Power.multiply],
  cross: ["\\times", Power.multiply],
  elementwise: ["\\odot", Power.multiply],
  elementdivide: ["\\oslash", Power.multiply],
  kronecker: ["\\otimes", Power.multiply],
  outer: ["\\otimes", Power.multiply],
  mod: ["\\bmod", Power.multiply],
  and: ["\\wedge", Power.and],
  or: ["\\vee", Power.or],
};

/** Relations joined by "and" and "or" stand in brackets. */
const logical: ReadonlySet<string> = new Set(["and", "or"]);

function print(e: Expr): Printed {
  switch (e.kind) {
    case "number":
      return printNumber(e);
    case "name":
      return whole(e.name);
    case "string":
      return whole(`\\text{${e.value.replace(/[\\{}$&#_%]/g, "\\$&")}}`);
    case "boolean":
      return whole(`\\mathrm{${e.value}}`);
    case "dots":
      return whole(e.style === "horizontal" ? "\\cdots" : e.style === "vertical" ? "\\vdots" : "\\ddots");
    case "hole":
      return whole("?");
    case "unary":
      return printUnary(e);
    case "binary":
      return printBinary(e);
    case "relation":
      return {
        text: `${e.first.kind === "hole" ? "" : `${at(e.first, Power.relation + 1)} `}${e.rest.map((r) => `${relationSigns[r.op]} ${r.operand.kind === "hole" ? "\\cdot" : at(r.operand, Power.relation + 1)}`).join(" ")}`,
        power: Power.relation,
      };
    case "call":
      return printCall(e);
    case "apply":
      return whole(`${e.callee.kind === "unary" && e.callee.op === "prime" ? print(e.callee).text : base(e.callee)}\\left(${commas(e.args)}\\right)`);
    case "index":
      return whole(`${e.base.kind === "name" ? `\\left(${e.base.name}\\right)` : base(e.base)}_{${commas(e.indices)}}`);
    case "range":
      return {
        text: `${e.start ? at(e.start, 5) : ""}:${e.step ? `${at(e.step, 5)}:` : ""}${e.stop ? at(e.stop, 5) : ""}`,
        power: e.start || e.stop ? Power.colon : 100,
      };
    case "matrix":
      return whole(
        printMatrix(
          e.rows.map((row) => row.map(cell)),
          e.environment,
        ),
      );
    case "literal": {
      const [rows, columns] = e.value.shape.length === 1 ? [e.value.shape[0] as number, 1] : (e.value.shape as [number, number]);
      return whole(
        printMatrix(
          Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => decimal(e.value.data[i * columns + j] as number))),
          e.environment,
        ),
      );
    }
    case "array":
      return whole(
        e.items.every((i) => i.kind === "array")
          ? printMatrix(
              e.items.map((i) => (i.kind === "array" ? i.items.map((x) => print(x).text) : [])),
              undefined,
            )
          : `\\left(${commas(e.items)}\\right)`,
      );
    case "list":
      return printList(e);
    case "cases":
      return whole(
        `\\begin{cases} ${e.branches.map((b) => `${at(b.value, Power.relation)} & ${b.condition ? at(b.condition, 1) : "\\text{otherwise}"}`).join(" \\\\ ")} \\end{cases}`,
      );
    case "big":
      return printBig(e);
    case "derivative":
      return printDerivative(e);
    case "norm":
      return whole(printNorm(e));
    case "lambda":
      return {
        text: `${e.params.length === 1 ? e.params[0] : `\\left(${e.params.join(", ")}\\right)`} \\mapsto ${at(e.body, Power.relation + 1)}`,
        power: Power.relation,
      };
    case "substitute":
      return whole(
        `\\left.${at(e.body, Power.relation)}\\right|_{${e.bindings.map((b) => `${b.name} = ${at(b.value, Power.relation + 1)}`).join(", ")}}`,
      );
    case "opaque":
      return printOpaque(e);
  }
}

const cell = (e: Expr): string => (e.kind === "list" && e.brackets === "" && !isSystem(e) ? commas(e.items) : at(e, 1));

/** A finite number in decimal digits, every one kept. */
export const decimal = (x: number): string =>
  Number.isFinite(x) ? (Object.is(x, -0) ? "0" : `${x}`) : Number.isNaN(x) ? "\\mathrm{NaN}" : x > 0 ? "\\infty" : "-\\infty";

function printNumber(e: NumberExpr): Printed {
  const suffix = e.imaginary ? "\\mathrm{i}" : "";
  if (e.exact) {
    let { num, den } = e.exact;
    if (den === 1n) return num < 0n ? { text: `${num}${suffix}`, power: Power.unary } : whole(`${num}${suffix}`);
    // A denominator of twos and fives is a decimal.
    let places = 0;
    let twos = 0;
    let fives = 0;
    for (; den % 2n === 0n; twos++) den /= 2n;
    for (; den % 5n === 0n; fives++) den /= 5n;
    if (den !== 1n || twos + fives > 400) return whole(`\\frac{${e.exact.num}}{${e.exact.den}}${suffix}`);
    places = Math.max(twos, fives);
    num = (num * 10n ** BigInt(places)) / e.exact.den;
    const digits = `${num < 0n ? -num : num}`.padStart(places + 1, "0");
    const text = `${digits.slice(0, -places)}.${digits.slice(-places)}${suffix}`;
    return num < 0n ? { text: `-${text}`, power: Power.unary } : whole(text);
  }
  const text = decimal(e.value) + suffix;
  return text.startsWith("-") ? { text, power: Power.unary } : whole(text);
}

function printUnary(e: Extract<Expr, { kind: "unary" }>): Printed {
  const { operand } = e;
  switch (e.op) {
    case "negate":
    case "plus":
    case "not": {
      const p = print(operand);
      const fits = p.power >= Power.unary && !/^[-+]/.test(p.text);
      const sign = e.op === "negate" ? "-" : e.op === "plus" ? "+" : "\\neg ";
      return { text: sign + (fits ? p.text : brackets(operand, p.text)), power: Power.unary, ...(fits && p.open && { open: true }) };
    }
    case "factorial":
      return whole(`${operand.kind === "unary" && operand.op === "factorial" ? `\\left(${print(operand).text}\\right)` : at(operand, 100)}!`);
    case "percent":
      return whole(`${at(operand, 100)}\\%`);
    case "conjugate":
      return whole(`\\overline{${print(operand).text}}`);
    case "prime":
      return whole(operand.kind === "unary" && operand.op === "prime" ? `${print(operand).text}'` : `${base(operand)}'`);
    default: {
      const mark = { transpose: "\\top", adjoint: "*", dagger: "\\dagger" }[e.op];
      const inverse =
        operand.kind === "binary" &&
        operand.op === "power" &&
        operand.right.kind === "unary" &&
        operand.right.op === "negate" &&
        operand.right.operand.kind === "number" &&
        operand.right.operand.value === 1;
      if (inverse && e.op === "transpose") return whole(`${base(operand.left)}^{-\\top}`);
      return whole(`${base(operand)}^{${mark}}`);
    }
  }
}

function printBinary(e: Extract<Expr, { kind: "binary" }>): Printed {
  if (e.op === "divide" || e.op === "floordivide") {
    const f = `\\frac{${print(e.left).text}}{${print(e.right).text}}`;
    return whole(e.op === "divide" ? f : `\\left\\lfloor ${f}\\right\\rfloor`);
  }
  if (e.op === "power" || e.op === "elementpower") return whole(`${base(e.left)}^{${print(e.right).text}}`);
  if (e.op === "leftdivide") return whole(`${base(e.left)}^{-1} ${rightOperand(e.right, Power.implicit + 1).text}`);
  // Long chains are left-deep: walk down the spine instead of recursing.
  const parts: string[] = [];
  let x: Expr = e;
  let last: Printed | undefined;
  let outer = 1000;
  while (x.kind === "binary") {
    const entry = operators[x.op];
    if (!entry) break;
    const power: number = x.op === "multiply" && x.implicit ? Power.implicit : entry[1];
    if (outer < 1000 && power < outer) break;
    const plain = rightOperand(x.right, logical.has(x.op) ? Power.relation + 1 : power + 1);
    const right = x.bracketed && !plain.text.startsWith("\\left(") ? whole(bracketedFactor(x.right, plain.text)) : plain;
    last ??= right;
    // A factor that takes all further factors needs brackets when it is not the last.
    const swallowing = right.open && parts.length > 0 && outer >= Power.multiply;
    const text: string = swallowing ? `\\left(${right.text}\\right)` : right.text;
    const left: Expr = x.left;
    parts.push(power === Power.implicit ? guard(left, text) : ` ${entry[0]} ${text}`);
    outer = power;
    x = left;
  }
  const power: number = e.op === "multiply" && e.implicit ? Power.implicit : ((operators[e.op] as readonly [string, number])[1] ?? 0);
  const first = leftOperand(x, e.op === "and" || e.op === "or" ? Math.max(outer, Power.relation + 1) : outer);
  const head = parts.length > 0 && needsBraces(x, parts[parts.length - 1] as string) ? `{${first}}` : first;
  return { text: head + parts.reverse().join(""), power, ...(last?.open && { open: true }) };
}

/** A factor that was written in round brackets: f(x), f(x)^2. */
const bracketedFactor = (e: Expr, text: string): string =>
  e.kind === "binary" && e.op === "power" && e.left.range[0] === e.range[0]
    ? `\\left(${print(e.left).text}\\right)^{${print(e.right).text}}`
    : `\\left(${text}\\right)`;

/** A factor before a bracket that holds several things would read as a function. */
const needsBraces = (left: Expr, next: string): boolean => left.kind === "name" && opensWithList(next);

/** Whether a text begins with a bracket that holds a comma of its own. */
function opensWithList(text: string): boolean {
  if (!/^ ?\\left[([]/.test(text)) return false;
  let depth = 0;
  for (const [token] of text.matchAll(/\\left|\\right|[{},]/g)) {
    if (token === "\\left" || token === "{") depth++;
    else if (token === ",") {
      if (depth === 1) return true;
    } else if (--depth === 0) return false;
  }
  return false;
}

/** The factor `text` after `left`, set apart. */
function guard(left: Expr, text: string): string {
  const before = left.kind === "binary" && left.op === "multiply" ? left.right : left;
  return before.kind === "name" && before !== left && opensWithList(text) ? ` {}${text}` : ` ${text}`;
}

function printList(e: Extract<Expr, { kind: "list" }>): Printed {
  if (e.brackets === "") {
    if (isSystem(e)) return whole(`\\begin{cases} ${e.items.map((i) => print(i).text).join(" \\\\ ")} \\end{cases}`);
    return { text: commas(e.items), power: 0 };
  }
  const [l, r] = e.brackets === "{}" ? ["\\{", "\\}"] : [e.brackets.charAt(0), e.brackets.charAt(1)];
  return whole(`\\left${l}${commas(e.items)}\\right${r}`);
}

/** Rows of printed cells in an environment. */
export function printMatrix(rows: readonly (readonly string[])[], environment = "bmatrix"): string {
  const spec = /^(array|tabular|darray)$/.test(environment) ? `{${"c".repeat(rows[0]?.length ?? 1)}}` : environment === "subarray" ? "{c}" : "";
  return `\\begin{${environment}}${spec} ${rows.map((r) => r.join(" & ")).join(" \\\\ ")} \\end{${environment}}`;
}

function printNorm({ which, operand, whichRange }: Extract<Expr, { kind: "norm" }>): string {
  const inner = operand.kind === "list" && operand.brackets === "()" ? `\\left(${commas(operand.items)}\\right)` : print(operand).text;
  if (which === "abs") return `\\left|${inner}\\right|`;
  // The 2-norm of a vector and the Frobenius norm of a matrix need no subscript unless one was written.
  if (which === "F" && !whichRange) return `\\left\\|${inner}\\right\\|`;
  return `\\left\\|${inner}\\right\\|_{${which === "∞" ? "\\infty" : which}}`;
}

const infixCalls: Readonly<Record<string, readonly [string, number]>> = {
  union: ["\\cup", Power.add],
  intersection: ["\\cap", Power.multiply],
  setdifference: ["\\setminus", Power.add],
};

function printCall(e: Extract<Expr, { kind: "call" }>): Printed {
  const [a, b] = e.args;
  const infix = infixCalls[e.name];
  if (infix && a && b && e.args.length === 2) {
    const right = rightOperand(b, infix[1] + 1);
    return { text: `${leftOperand(a, infix[1])} ${infix[0]} ${right.text}`, power: infix[1], ...(right.open && { open: true }) };
  }
  if (a && e.args.length <= 2) {
    // Printed in one branch only: printing twice at every level would cost 2^depth.
    const x = (): string => print(a).text;
    switch (e.args.length === 1 ? e.name : `${e.name}2`) {
      case "sqrt":
        return whole(`\\sqrt{${x()}}`);
      case "root2":
        return whole(`\\sqrt[${print(b as Expr).text}]{${x()}}`);
      case "binom2":
        return whole(`\\binom{${x()}}{${print(b as Expr).text}}`);
      case "floor":
        return whole(`\\left\\lfloor ${x()}\\right\\rfloor`);
      case "ceil":
        return whole(`\\left\\lceil ${x()}\\right\\rceil`);
      case "round":
        return whole(`\\left\\lfloor ${x()}\\right\\rceil`);
      case "degrees":
        return whole(`${a.kind === "name" ? `{${x()}}` : base(a)}^{\\circ}`);
      case "doublefactorial":
        return whole(`${at(a, 100)}!!`);
      case "indicator":
        return whole(`\\mathbb{I}\\left(${at(a, 1)}\\right)`);
      case "inner":
        return whole(`\\left\\langle ${x()}\\right\\rangle`);
      case "inner2":
        return whole(`\\left\\langle ${at(a, 1)}, ${at(b as Expr, 1)}\\right\\rangle`);
      case "det":
        if (a.kind === "literal" && a.environment === "vmatrix") return whole(x());
    }
  }
  const special = /^(lambda|sigma)(max|min)$/.exec(e.name);
  const plain = special ? `\\${special[1]}_{\\${special[2]}}` : /^(.|\\.*|.*['^{].*)$/.test(e.name) ? e.name : functionSign(e.name);
  const base10 = e.named?.["base"];
  const subscript = e.named?.["subscript"];
  const sub = base10 ? `_{${print(base10).text}}` : subscript ? `_{${print(subscript).text}}` : "";
  return whole(`${plain}${sub}\\left(${commas(e.args)}\\right)`);
}

const bigSigns: Readonly<Record<BigExpr["op"], string>> = {
  sum: "\\sum",
  product: "\\prod",
  integral: "\\int",
  limit: "\\lim",
  max: "\\max",
  min: "\\min",
  sup: "\\sup",
  inf: "\\inf",
  argmax: "\\argmax",
  argmin: "\\argmin",
  union: "\\bigcup",
  intersection: "\\bigcap",
  expectation: "\\mathbb{E}",
};

function printBig(e: BigExpr): Printed {
  const condition =
    e.condition &&
    (e.condition.kind === "list" && e.condition.brackets === ""
      ? commas(e.condition.items)
      : splitAnd(e.condition)
          .map((c) => at(c, 1))
          .join(", "));
  if (e.op === "expectation") {
    const inner = e.body.kind === "list" && e.body.brackets === "" ? commas(e.body.items) : print(e.body).text;
    return whole(`\\mathbb{E}${condition === undefined ? "" : `_{${condition}}`}\\left[${inner}\\right]`);
  }
  if (e.op === "integral") {
    const bounds = `${condition !== undefined ? `_{${condition}}` : e.lower ? `_{${print(e.lower).text}}` : ""}${e.upper ? `^{${print(e.upper).text}}` : ""}`;
    const p = print(e.body);
    const body = p.power >= Power.add && !mentionsD(e.body) ? p.text : `\\left(${p.text}\\right)`;
    return e.variable === undefined
      ? { text: `\\int${bounds} ${body}`, power: Power.add - 1, open: true }
      : whole(`\\int${bounds} ${body}\\,d${e.variable}`);
  }
  let below = "";
  if (e.op === "limit") {
    const point = e.upper && (e.side ? `${base(e.upper)}^{${e.side}}` : at(e.upper, Power.relation + 1));
    below = [...(e.variable !== undefined ? [`${e.variable} \\to ${point}`] : []), ...(condition !== undefined ? [condition] : [])].join(", ");
  } else if (e.variable !== undefined && e.lower)
    below = `${e.variable} = ${at(e.lower, Power.relation + 1)}${condition === undefined ? "" : `, ${condition}`}`;
  else below = condition ?? e.variable ?? "";
  const above = e.op !== "limit" && e.upper ? `^{${print(e.upper).text}}` : "";
  const p = print(e.body);
  const body = e.body.kind === "hole" ? "" : p.power >= Power.multiply ? p.text : brackets(e.body, p.text);
  const bare = below === "" && above === "";
  return {
    text: `${bigSigns[e.op]}${below === "" ? "" : `_{${below}}`}${above} ${bare && body !== "" ? `{${body}}` : body}`,
    power: Power.multiply,
    open: true,
  };
}

const splitAnd = (e: Expr): Expr[] => (e.kind === "binary" && e.op === "and" ? [...splitAnd(e.left), e.right] : [e]);

function mentionsD(e: Expr): boolean {
  if (e.kind === "name") return e.name === "d" || e.name === "\\mathrm{d}";
  if (e.kind === "binary") return mentionsD(e.left) || mentionsD(e.right);
  return e.kind === "unary" && mentionsD(e.operand);
}

function printDerivative(e: DerivativeExpr): Printed {
  const names = e.variables.map((v) => v.name);
  let out: Printed;
  if (e.operator === "d" || e.operator === "partial") {
    const d = e.operator === "d" ? "d" : "\\partial ";
    const order = e.variables.reduce((n, v) => n + v.order, 0);
    const below = e.variables.map((v) => `${d}${v.name}${v.order > 1 ? `^{${v.order}}` : ""}`).join(" ");
    const plain = e.body.kind === "call" ? /^[a-zA-Z](?:_\{\w+\})?$/.test(e.body.name) : e.body.kind === "name" && !e.body.name.startsWith("d");
    const body = e.body.kind === "hole" ? "" : plain ? print(e.body).text : `\\left(${print(e.body).text}\\right)`;
    const above = order > 1 ? `${d.trim()}^{${order}} ` : d;
    out = { text: `\\frac{${above}${body}}{${below}}`, power: body === "" ? Power.multiply : 100, ...(body === "" && { open: true }) };
  } else {
    const sub = names.length > 0 ? `_{${names.join(", ")}}` : "";
    const p = print(e.body);
    const body = p.power >= Power.implicit && !/^[-+]/.test(p.text) ? p.text : `\\left(${p.text}\\right)`;
    const sign =
      e.operator === "divergence"
        ? `\\nabla${sub} \\cdot`
        : e.operator === "hessian"
          ? `\\nabla^{2}${sub}`
          : e.operator === "laplacian"
            ? "\\Delta"
            : `\\nabla${sub}`;
    out = { text: `${sign} ${body}`, power: Power.implicit, open: true };
  }
  return e.at ? whole(`\\left.${out.text}\\right|_{${e.at.map((a) => `${a.name} = ${at(a.value, Power.relation + 1)}`).join(", ")}}`) : out;
}

function printOpaque(e: Extract<Expr, { kind: "opaque" }>): Printed {
  const [a, b, c] = e.children;
  const text = (x: Expr | undefined): string => (x === undefined || x.kind === "hole" ? "" : print(x).text);
  const script = (mark: string, x: Expr | undefined): string => {
    const t = text(x);
    return t === "" ? "" : `${mark}{${t}}`;
  };
  switch (e.what) {
    case "text":
      return whole(a?.kind === "string" ? a.value : text(a));
    case "set":
      return whole(`\\left\\{${commas(e.children)}\\right\\}`);
    case "_":
      return whole(`${base(a as Expr)}_{${text(b)}}`);
    case "number in base":
      return whole(`${text(a)}_{${text(b)}}`);
    case "^":
      return whole(`${base(a as Expr)}^{${text(b)}}`);
    case "|":
      return whole(`\\left.${text(a)}\\right|${script("_", b)}${script("^", c)}`);
    case "curl":
      return { text: `\\nabla \\times ${at(a as Expr, Power.implicit)}`, power: Power.implicit, open: true };
    case "\\pmod":
      return { text: `${at(a as Expr, Power.colon)} \\pmod{${text(b)}}`, power: Power.colon };
    case "\\forall":
    case "\\exists":
    case "\\nexists":
      return { text: `${e.what} ${a?.kind === "hole" ? "" : at(a as Expr, Power.implicit)}`, power: Power.unary, open: true };
  }
  if (e.children.length === 3 && e.what.startsWith("\\")) {
    const below = a?.kind === "list" && a.items.length === 0 ? "" : `_{${a?.kind === "list" && a.brackets === "" ? commas(a.items) : text(a)}}`;
    return {
      text: `${e.what}${below}${script("^", b)} ${c && c.kind !== "hole" ? at(c, Power.multiply) : ""}`,
      power: Power.multiply,
      open: true,
    };
  }
  if (e.children.length === 2) {
    const power = e.what === ":" ? Power.colon : (opaquePowers.get(e.what) ?? Power.relation);
    const right = b?.kind === "hole" ? { text: "", open: false } : rightOperand(b as Expr, power + 1);
    return {
      text: `${a?.kind === "hole" ? "" : `${leftOperand(a as Expr, power)} `}${e.what} ${right.text}`,
      power,
      ...(right.open && { open: true }),
    };
  }
  return whole(`\\operatorname{${e.what.replace(/[^A-Za-z]/g, "")}}\\left(${commas(e.children)}\\right)`);
}
