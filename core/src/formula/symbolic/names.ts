// Spellings of one function in different notations, and the names that mean constants.

/** Notation's spelling -> the name used in terms. */
export const canonicalNames: Readonly<Record<string, string>> = {
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
  acot: "arccot",
  asec: "arcsec",
  acsc: "arccsc",
  arctg: "arctan",
  tg: "tan",
  ctg: "cot",
  cotan: "cot",
  cosec: "csc",
  sh: "sinh",
  ch: "cosh",
  th: "tanh",
  asinh: "arsinh",
  acosh: "arcosh",
  atanh: "artanh",
  arcsinh: "arsinh",
  arccosh: "arcosh",
  arctanh: "artanh",
  arcoth: "arcoth",
  arccoth: "arcoth",
  acoth: "arcoth",
  Arg: "arg",
  sgn: "sign",
  re: "Re",
  im: "Im",
  sigm: "sigmoid",
  "\\sigma": "sigmoid",
  ReLU: "relu",
  "\\zeta": "zeta",
  Gamma: "gamma",
  "\\Gamma": "gamma",
  ceiling: "ceil",
  binomial: "binom",
};

/** The functions of one complex variable that can be evaluated and differentiated. */
export const scalarFunctions: ReadonlySet<string> = new Set(
  (
    "sqrt cbrt exp ln log lg log2 log10 sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch " +
    "arsinh arcosh artanh arcoth arsech arcsch root degrees abs sign floor ceil round max min factorial gamma digamma erf erfc binom Re Im sigmoid softplus relu gcd Si Ci Ei li zeta arg"
  ).split(" "),
);

export const canonicalName = (name: string): string => {
  const bare = name.startsWith("\\") && !(name in canonicalNames) ? name.slice(1) : name;
  return canonicalNames[bare] ?? bare;
};

/** Names that stand for constants unless bound. */
export const constantNames: Readonly<Record<string, "pi" | "e" | "i" | "inf">> = {
  "\\pi": "pi",
  pi: "pi",
  π: "pi",
  e: "e",
  "\\mathrm{e}": "e",
  i: "i",
  "\\mathrm{i}": "i",
  "\\imath": "i",
  "\\infty": "inf",
  "∞": "inf",
};

/** The spelling of a term's function in expressions, where it differs. */
export const writtenNames: Readonly<Record<string, string>> = { Re: "re", Im: "im" };
