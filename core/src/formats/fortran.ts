// Fortran: array constructors, reshape column by column, double-precision exponents, and expressions.

import { type Expr, fail, type Value } from "../expr/index.js";
import type { Format, ParseOptions, PrintOptions } from "./format.js";
import { call } from "./shared/build.js";
import { clike } from "./shared/clike.js";
import { ClikeParser } from "./shared/clikeParser.js";
import { parseCode } from "./shared/code.js";
import type { Builder } from "./shared/dialect.js";
import { arrayCells, type NumberSpelling, printer } from "./shared/print.js";
import { axisFrom1 } from "./shared/rows.js";

/** reshape(source, shape, order): column-major; order=[2,1] fills by rows. */
const reshape: Builder = (a) => {
  const source = a.args[0] ?? a.named["source"];
  const shape = a.args[1] ?? a.named["shape"];
  const order = a.named["order"] ?? a.args[3];
  if (!source || shape?.kind !== "array") return fail("missing-argument", "reshape needs the entries and a shape", a.range);
  const byRows = order?.kind === "array" && order.items[0]?.kind === "number" && order.items[0].value === 2;
  return call(
    "reshape",
    [source, ...shape.items],
    a.range,
    a.nameRange,
    byRows ? { order: { kind: "string", value: "C", range: a.nameRange } } : { order: { kind: "string", value: "F", range: a.nameRange } },
  );
};

const along =
  (name: string): Builder =>
  (a) => {
    const dim = a.named["dim"] ?? a.args[1];
    return call(name, a.args.slice(0, 1), a.range, a.nameRange, dim ? { axis: axisFrom1(dim) } : undefined);
  };

const dialect = clike({
  format: "fortran",
  suffix: /_\w+/y,
  exponent: "eEdD",
  quotes: "\"'",
  arrays: "[",
  newlines: true,
  integerDivision: true,
  comments: ["!"],
  power: true,
  elementwise: true,
  roundIndex: true,
  origin: 1,
  continuation: "&",
  operators: [".true.", ".false.", ".TRUE.", ".FALSE.", "(/", "/)", "/="],
  functions: [
    ["reshape", reshape],
    ["sum", along("sum")],
    ["product", along("prod")],
    ["maxval", along("max")],
    ["minval", along("min")],
    ["norm2", along("norm")],
    ["mod", "rem"],
    ["modulo", "mod"],
    ["conjg", (a) => ({ kind: "unary", op: "conjugate", operand: a.args[0] as Expr, range: a.range })],
    ["aimag", "im"],
  ],
});

class FortranParser extends ClikeParser {
  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "op" && t.text === "(/") {
      const list = this.list("/)");
      return list;
    }
    return super.prefix();
  }

  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.text === ":" && (this.peek(1).text === "," || this.peek(1).text === close)) {
      this.next();
      return { kind: "range", inclusive: true, range: [t.start, t.end] };
    }
    return super.subscript(close);
  }
}

const spelling: NumberSpelling = {
  nan: null,
  inf: null,
  imaginary: "",
  fraction: null,
  exponent: "d",
  complex: (re, im) => `(${re}, ${im})`,
  true: ".true.",
  false: ".false.",
};
const scalar = printer({ ...spelling, vector: (cells) => `[${cells.join(", ")}]`, matrix: () => "" });

export const fortran: Format = {
  name: "fortran",
  title: "Fortran",
  languages: ["fortran", "FortranFreeForm", "fortran-modern", "fortran_fixed-form"],
  detect: (t) => (/\breshape\(\s*(?:\[|\(\/)|\(\/|\/\)|::\s*\w+.*=|\d[dD][+-]?\d/i.test(t.slice(0, 4000)) && !/np\.|std::/.test(t) ? 2 : 0),
  parse: (t: string, options: ParseOptions = {}) => parseCode(t, dialect, options, FortranParser),
  print(value: Value, options: PrintOptions) {
    if (value.kind !== "array" || value.shape.length === 1) return scalar(value, options);
    const cells = arrayCells(value, options.digits, spelling);
    if (!cells || value.shape.length !== 2) return null;
    const [rows, columns] = value.shape as [number, number];
    const byColumns = Array.from({ length: columns }, (_, j) => Array.from({ length: rows }, (_, i) => cells[i * columns + j]).join(", "));
    return `reshape([${byColumns.join(options.inline ? ", " : ", &\n         ")}], [${rows}, ${columns}])`;
  },
};
