// The functions LaTeX has signs for, and the one name each has in a CallExpr.
//
// Canonical names (arguments in order; `named` in braces):
//   det tr rank diag vec inv pinv adj null rref cond eigenvalues eigenvectors svd expm logm sqrtm  matrix functions
//   dim(x)                number of entries of a vector, or of rows of a square matrix
//   sqrt(x) root(x, n)    \sqrt{x}, \sqrt[n]{x}
//   exp ln log{base}      \log without a base follows the setting; \lg is log with base 10, \log_b has base b
//   sin cos tan cot sec csc, arcsin ... arccsc, sinh ... csch, arsinh ... arcsch
//   degrees(x)            x^\circ, that is x·π/180
//   abs sign floor ceil round re im arg                              one number, entry by entry on arrays
//   gcd lcm max min argmax argmin (1-based) mean var std softmax relu sigmoid erf gamma msign binom(n, k)
//   lambdamax lambdamin sigmamax sigmamin                            \lambda_{\max}(A), \sigma_{\min}(A)
//   inner(a, b)           \langle a, b\rangle: the sum of conj(a)·b
//   doublefactorial(n)    n!!
//   zeros(m, n) ones(m, n)                \mathbf 0_{m\times n}, \mathbf 1_{m\times n}; one size is a vector (column)
//   union intersection setdifference      sets, two arguments
//   indicator(c)          \mathbb I(c): 1 where the condition holds, else 0
//   rowswap(A, i, j) rowscale(A, i, k) rowadd(A, i, j, k)  and col...   A \xrightarrow{...}: rowadd adds k times row j to row i
// Every other \operatorname{foo}(...) keeps its own name (functions of the catalogue, or unknown).

/** Written form (without backslash) to canonical name. */
const table: Readonly<Record<string, string>> = spread({
  det: "det Det",
  tr: "tr Tr trace Trace",
  rank: "rank Rank rk",
  diag: "diag Diag",
  vec: "vec@",
  inv: "inv inverse@",
  pinv: "pinv",
  adj: "adj",
  null: "null Null nullspace@ ker@ Ker@",
  rref: "rref",
  cond: "cond",
  eigenvalues: "eigenvalues eig eigvals",
  eigenvectors: "eigenvectors",
  svd: "svd SVD",
  expm: "expm",
  logm: "logm",
  sqrtm: "sqrtm",
  dim: "dim",
  exp: "exp",
  ln: "ln",
  log: "log",
  lg: "lg",
  abs: "abs",
  sign: "sign sgn",
  floor: "floor",
  ceil: "ceil",
  round: "round",
  re: "Re",
  im: "Im",
  arg: "arg Arg",
  gcd: "gcd",
  lcm: "lcm",
  max: "max Max",
  min: "min Min",
  argmax: "argmax",
  argmin: "argmin",
  mean: "mean avg",
  var: "var Var",
  std: "std Std",
  softmax: "softmax Softmax",
  relu: "relu ReLU Relu",
  sigmoid: "sigmoid Sigmoid",
  erf: "erf",
  gamma: "gamma@",
  msign: "msign",
  sqrt: "sqrt@",
  sin: "sin",
  cos: "cos",
  tan: "tan tg",
  cot: "cot ctg cotan",
  sec: "sec",
  csc: "csc cosec",
  arcsin: "arcsin asin",
  arccos: "arccos acos",
  arctan: "arctan atan arctg",
  arccot: "arccot acot",
  arcsec: "arcsec asec",
  arccsc: "arccsc acsc",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  coth: "coth",
  sech: "sech",
  csch: "csch",
  arsinh: "arsinh arcsinh asinh",
  arcosh: "arcosh arccosh acosh",
  artanh: "artanh arctanh atanh",
  arcoth: "arcoth arccoth acoth",
  arsech: "arsech arcsech asech",
  arcsch: "arcsch acsch",
});

function spread(names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const out: Record<string, string> = Object.create(null);
  for (const [canonical, written] of Object.entries(names)) for (const w of written.split(" ")) out[w] = canonical;
  return out;
}

/** The canonical name of what is written `\name` or `\operatorname{name}`; "vec@" style entries need the latter. */
export const functionOfCommand = (name: string): string | undefined => table[name];
export const functionOfWord = (name: string): string | undefined => table[name] ?? table[`${name}@`];

const names = new Set(Object.values(table));
export const isFunctionName = (canonical: string): boolean => names.has(canonical);

/** Functions LaTeX has a command for; the others are printed with \operatorname. */
const commands = new Set("det exp ln log dim gcd max min sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth arg".split(" "));
const spelled: Readonly<Record<string, string>> = {
  re: "Re",
  im: "Im",
  var: "Var",
  gamma: "\\Gamma",
  sigmoid: "\\sigma",
  zeta: "\\zeta",
  digamma: "\\psi",
  normcdf: "\\Phi",
};

/** How a function's name is written. */
export function functionSign(name: string): string {
  if (commands.has(name)) return `\\${name}`;
  const s = spelled[name] ?? name;
  return s.startsWith("\\") ? s : `\\operatorname{${s.replace(/_/g, "\\_")}}`;
}

/** The function whose value \sin^{-1} takes. */
export const inverseFunction: Readonly<Record<string, string>> = {
  sin: "arcsin",
  cos: "arccos",
  tan: "arctan",
  cot: "arccot",
  sec: "arcsec",
  csc: "arccsc",
  sinh: "arsinh",
  cosh: "arcosh",
  tanh: "artanh",
  coth: "arcoth",
  sech: "arsech",
  csch: "arcsch",
  arcsin: "sin",
  arccos: "cos",
  arctan: "tan",
  exp: "ln",
  ln: "exp",
};

/** A function after which `(x)y` and `x(y)` read as two factors: trigonometric and hyperbolic. */
export const isTrigonometric = (name: string): boolean => /^(arc|ar)?(sin|cos|tan|cot|sec|csc)h?$/.test(name);
