// The operators and relations of LaTeX, and what each means.

import type { BinaryOp, RelationOp } from "../../expr/index.js";
import { Power } from "./reader.js";

const table = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(entries));

/** Binary operators with a meaning. */
export const binaryOps = table<readonly [BinaryOp, number]>({
  "+": ["add", Power.add],
  "-": ["subtract", Power.add],
  "\\pm": ["plusminus", Power.add],
  "\\oplus": ["directsum", Power.add],
  "*": ["multiply", Power.multiply],
  "\\cdot": ["dot", Power.multiply],
  "\\times": ["cross", Power.multiply],
  "/": ["divide", Power.multiply],
  "\\div": ["divide", Power.multiply],
  "\\odot": ["elementwise", Power.multiply],
  "\\circ": ["elementwise", Power.multiply],
  "\\otimes": ["kronecker", Power.multiply],
  "\\oslash": ["elementdivide", Power.multiply],
  "\\bmod": ["mod", Power.multiply],
  "\\wedge": ["and", Power.and],
  "\\vee": ["or", Power.or],
});

/** Operators that are calls of two arguments. */
export const callOps = table<readonly [string, number]>({
  "\\cup": ["union", Power.add],
  "\\cap": ["intersection", Power.multiply],
  "\\setminus": ["setdifference", Power.add],
});

/** Operators that are read but not computed. */
const opaqueSum = "\\mp \\ominus \\uplus \\sqcup \\sqcap \\dotplus \\triangle \\bigtriangleup \\amalg \\curlyvee \\curlywedge \\veebar \\barwedge";
const opaqueProduct =
  "\\star \\bullet \\diamond \\ltimes \\rtimes \\boxtimes \\boxplus \\boxdot \\wr \\ominus \\circledast \\circledcirc \\bigcirc \\divideontimes \\lhd \\rhd \\triangleleft \\triangleright \\circleddash";
export const opaqueOps: ReadonlyMap<string, number> = new Map([
  ...opaqueSum.split(" ").map((s): [string, number] => [s, Power.add]),
  ...opaqueProduct.split(" ").map((s): [string, number] => [s, Power.multiply]),
]);

export const relationOps = table<RelationOp>({
  "=": "=",
  ":=": ":=",
  "\\leftarrow": ":=",
  "<": "<",
  "\\leq": "≤",
  ">": ">",
  "\\geq": "≥",
  "\\neq": "≠",
  "\\approx": "≈",
  "\\equiv": "≡",
  "\\in": "∈",
  "\\notin": "∉",
  "\\subset": "⊂",
  "\\subseteq": "⊆",
  "\\rightarrow": "→",
  "\\sim": "∼",
  "\\propto": "∝",
  "\\mapsto": "↦",
  "\\mid": "|",
});

export const relationSigns: Readonly<Record<RelationOp, string>> = {
  "=": "=",
  ":=": ":=",
  "<": "<",
  "≤": "\\leq",
  ">": ">",
  "≥": "\\geq",
  "≠": "\\neq",
  "≈": "\\approx",
  "≡": "\\equiv",
  "∈": "\\in",
  "∉": "\\notin",
  "⊂": "\\subset",
  "⊆": "\\subseteq",
  "→": "\\to",
  "∼": "\\sim",
  "∝": "\\propto",
  "↦": "\\mapsto",
  "|": "\\mid",
};

/** Relations that are read but not computed. */
export const opaqueRelations: ReadonlySet<string> = new Set(
  (
    "\\ll \\gg \\lll \\ggg \\simeq \\cong \\prec \\succ \\preceq \\succeq \\preccurlyeq \\succcurlyeq \\perp \\parallel \\nparallel \\ni \\supset \\supseteq \\supsetneq \\subsetneq \\nsubseteq \\not \\notsubset \\notsubseteq " +
    "\\models \\vdash \\dashv \\vDash \\Vdash \\doteq \\asymp \\lesssim \\gtrsim \\lessapprox \\gtrapprox \\lessgtr \\Leftarrow \\Rightarrow \\Leftrightarrow \\leftrightarrow \\longleftrightarrow \\nearrow \\searrow \\swarrow \\nwarrow " +
    "\\uparrow \\downarrow \\updownarrow \\Uparrow \\Downarrow \\hookrightarrow \\hookleftarrow \\rightharpoonup \\leftharpoonup \\rightleftharpoons \\rightleftarrows \\twoheadrightarrow \\nmid \\trianglelefteq \\trianglerighteq \\bowtie " +
    "\\sqsubseteq \\sqsubset \\sqsupseteq \\nequiv \\notsim \\nsim \\ncong \\notmid \\notparallel \\notperp \\notni \\nless \\ngtr \\nleq \\ngeq \\eqsim \\fallingdotseq \\risingdotseq \\backsim \\smile \\frown \\between \\pitchfork " +
    "\\circeq \\bumpeq \\nrightarrow \\nleftarrow \\nRightarrow \\downarrow \\curvearrowright \\multimap \\vartriangle \\blacktriangleright \\blacktriangleleft \\notsupset \\notsupseteq \\notapprox \\notcong \\notleq \\notgeq \\notrightarrow \\notRightarrow \\notprec \\notsucc \\dashrightarrow \\xlongequal \\ngtr \\eqcirc \\doublebarwedge \\leftrightharpoons \\upharpoonright"
  ).split(" "),
);

/** Signs between statements: a = b \Rightarrow c = d. */
export const statementArrows: ReadonlySet<string> = new Set(["\\Rightarrow", "\\Leftarrow", "\\Leftrightarrow"]);

/** Commands that are names by themselves. */
export const symbolNames: ReadonlySet<string> = new Set(
  (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega " +
    "hbar hslash ell wp aleph beth gimel daleth infty emptyset top bot square Box blacksquare triangle bigtriangleup angle measuredangle sphericalangle checkmark clubsuit diamondsuit heartsuit spadesuit mho eth Finv Game " +
    "imath jmath ddagger dagger S P AA aa AE ae OE oe O o L l ss flat natural sharp surd complement Bbbk lozenge bigstar maltese circledR circledS yen backprime nexists diagup diagdown blacktriangle blacktriangledown triangledown degree " +
    "R N Z Q C intercal prime Diamond bigcirc bullet star diamond amalg Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi textdollar copyright uppi upmu"
  ).split(" "),
);

/** Letters with a mark. The value is the canonical mark. */
export const accents = table<string>({
  hat: "hat",
  widehat: "hat",
  bar: "bar",
  overline: "bar",
  tilde: "tilde",
  widetilde: "tilde",
  vec: "vec",
  overrightarrow: "vec",
  overleftarrow: "overleftarrow",
  overleftrightarrow: "overleftrightarrow",
  underrightarrow: "underrightarrow",
  underleftarrow: "underleftarrow",
  dot: "dot",
  ddot: "ddot",
  dddot: "dddot",
  check: "check",
  widecheck: "check",
  breve: "breve",
  acute: "acute",
  grave: "grave",
  mathring: "mathring",
  overparen: "overparen",
  wideparen: "overparen",
  underbar: "underbar",
  utilde: "utilde",
  Hat: "hat",
  Bar: "bar",
  Tilde: "tilde",
  Vec: "vec",
});

export const styles: ReadonlySet<string> = new Set(
  "mathbf boldsymbol mathcal mathbb mathfrak mathscr bf mathrm mathsf mathtt mathit operatorname operatorname* mathnormal mathup mathbfit mathbfcal symbfit vb va vu operatornamewithlimits".split(
    " ",
  ),
);
/** Styles that change nothing about a letter they stand around. */
export const plainStyles: ReadonlySet<string> = new Set(
  "mathrm mathsf mathtt mathit operatorname operatorname* mathnormal mathup operatornamewithlimits".split(" "),
);

/** Big operators with a body. */
export const bigOps = table<string>({
  sum: "sum",
  prod: "product",
  bigcup: "union",
  bigcap: "intersection",
  lim: "limit",
  sup: "sup",
  inf: "inf",
  max: "max",
  min: "min",
  argmax: "argmax",
  argmin: "argmin",
  limsup: "limsup",
  liminf: "liminf",
  coprod: "\\coprod",
  bigoplus: "\\bigoplus",
  bigotimes: "\\bigotimes",
  bigwedge: "\\bigwedge",
  bigvee: "\\bigvee",
  bigsqcup: "\\bigsqcup",
  biguplus: "\\biguplus",
  bigodot: "\\bigodot",
  varlimsup: "limsup",
  varliminf: "liminf",
});

export const integrals = table<number>({ int: 1, iint: 2, iiint: 3, iiiint: 4, oint: 1, oiint: 2, smallint: 1, fint: 1, dashint: 1, idotsint: 1 });
