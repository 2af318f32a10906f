// Expressions without their places, written short for tests: (+ a (* b c)).

import type { Expr } from "../../../../core/src/expr/index.js";
import { latex } from "../../../../core/src/formats/latex.js";

/** An expression or statement without ranges. */
export function bare(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(bare);
  if (typeof x === "bigint") return `${x}n`;
  if (ArrayBuffer.isView(x)) return Array.from(x as Float64Array);
  if (x === null || typeof x !== "object") return x;
  return Object.fromEntries(
    Object.entries(x)
      .filter(([k, v]) => !/^(range|nameRange|whichRange)$/.test(k) && v !== undefined)
      .map(([k, v]) => [k, bare(v)]),
  );
}

/** An expression as a Lisp-like line. */
export function short(e: Expr): string {
  switch (e.kind) {
    case "number":
      return `${e.value}`;
    case "name":
      return e.name;
    case "string":
      return JSON.stringify(e.value);
    case "unary":
      return `(${e.op} ${short(e.operand)})`;
    case "binary":
      return `(${e.op === "multiply" && e.implicit ? "times" : e.op} ${short(e.left)} ${short(e.right)})`;
    case "relation":
      return `(${short(e.first)} ${e.rest.map((r) => `${r.op} ${short(r.operand)}`).join(" ")})`;
    case "call":
      return `${e.name}${e.named?.["base"] ? `_${short(e.named["base"])}` : ""}(${e.args.map(short).join(", ")})`;
    case "apply":
      return `${short(e.callee)}[${e.args.map(short).join(", ")}]`;
    case "matrix":
      return `${e.environment}[${e.rows.map((r) => r.map(short).join(", ")).join("; ")}]`;
    case "list":
      return `${e.brackets.charAt(0)}${e.items.map(short).join(", ")}${e.brackets.charAt(1)}`;
    case "norm":
      return `norm_${e.which}(${short(e.operand)})`;
    case "big":
      return `${e.op}{${[e.variable, e.lower && short(e.lower), e.upper && short(e.upper), e.side, e.condition && short(e.condition)].filter((x) => x).join(" ")}}(${short(e.body)})`;
    case "derivative":
      return `${e.operator}{${e.variables.map((v) => v.name + (v.order > 1 ? v.order : "")).join(" ")}}(${short(e.body)})${e.at ? `@${e.at.map((a) => `${a.name}=${short(a.value)}`)}` : ""}`;
    case "cases":
      return `cases[${e.branches.map((b) => `${short(b.value)} if ${b.condition ? short(b.condition) : "else"}`).join("; ")}]`;
    case "substitute":
      return `${short(e.body)}|${e.bindings.map((b) => `${b.name}=${short(b.value)}`)}`;
    case "index":
      return `${short(e.base)}[${e.indices.map(short).join(", ")}]`;
    case "opaque":
      return `<${e.what} ${e.children.map(short).join(" ")}>`;
    default:
      return e.kind;
  }
}

/** The statements of a text, short. */
export function read(text: string, options: Parameters<typeof latex.parse>[1] = {}): string {
  return latex
    .parse(text, options)
    .statements.map((s) =>
      s.kind === "define"
        ? `${s.name}${s.params ? `(${s.params.join(", ")})` : ""} := ${short(s.body)}`
        : s.kind === "declare"
          ? `${s.name} : ${s.field}^(${s.shape.map(short).join(", ")})`
          : s.kind === "assume"
            ? `assume ${short(s.condition)}`
            : short(s.body),
    )
    .join(" | ");
}
