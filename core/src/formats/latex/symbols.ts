// What single signs and commands mean to the tokenizer: spellings of one sign, things that leave no trace, Unicode.

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Commands that leave nothing behind. */
export const blank = list(
  ", ; : ! > space thinspace medspace thickspace enspace negthinspace displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag " +
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm " +
    "hline hdashline toprule midrule bottomrule noindent centering allowbreak nobreak strut mathstrut hfill hfil relax protect null therefore because unboldmath boldmath / - $ up unskip",
);

/** Blank commands and how many arguments go with them. */
export const dropped: Readonly<Record<string, number>> = {
  label: 1,
  tag: 1,
  "tag*": 1,
  eqref: 1,
  ref: 1,
  autoref: 1,
  cref: 1,
  Cref: 1,
  cite: 1,
  citep: 1,
  citet: 1,
  hspace: 1,
  mspace: 1,
  "hspace*": 1,
  vspace: 1,
  "vspace*": 1,
  color: 1,
  phantom: 1,
  vphantom: 1,
  hphantom: 1,
  cline: 1,
  textcolor: 1,
  style: 1,
  class: 1,
  cssId: 1,
  href: 1,
  colorbox: 1,
  rule: 2,
  raisebox: 1,
  scalebox: 1,
  resizebox: 2,
  footnote: 1,
  require: 1,
  setlength: 2,
  htmlClass: 1,
  htmlId: 1,
  htmlStyle: 1,
  url: 1,
}; // prettier-ignore

/** Commands around their argument that change nothing: \boxed{x} is x. */
export const transparent = list(
  "boxed fbox mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner ensuremath smash underline cancel bcancel xcancel sout rlap llap clap mathrlap mathllap mathclap " +
    "substack underbrace overbrace underbracket overbracket bbox uline enclose normalfont hcancel adjustbox framebox makebox uwave",
);

export const textCommands = list(
  "text textrm textbf textit textsf texttt textnormal textup textsc textsl textmd emph mbox hbox intertext shortintertext textcircled circled",
);
export const romanCommands = list("mathrm operatorname operatorname* operatornamewithlimits mathsf mathtt mathit mathnormal mathup symup symrm");
export const switches: Readonly<Record<string, string>> = {
  rm: "",
  sf: "",
  tt: "",
  it: "",
  bf: "mathbf",
  cal: "mathcal",
  mit: "",
  frak: "mathfrak",
  bfseries: "mathbf",
};

/** Commands that are another spelling of a sign or command. */
export const spelling: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  le: "\\leq",
  leqslant: "\\leq",
  leqq: "\\leq",
  ge: "\\geq",
  geqslant: "\\geq",
  geqq: "\\geq",
  ne: "\\neq",
  to: "\\rightarrow",
  longrightarrow: "\\rightarrow",
  gets: "\\leftarrow",
  longleftarrow: "\\leftarrow",
  land: "\\wedge",
  lor: "\\vee",
  lnot: "\\neg",
  iff: "\\Leftrightarrow",
  Longleftrightarrow: "\\Leftrightarrow",
  implies: "\\Rightarrow",
  Longrightarrow: "\\Rightarrow",
  impliedby: "\\Leftarrow",
  Longleftarrow: "\\Leftarrow",
  leadsto: "\\rightarrow",
  rightsquigarrow: "\\rightarrow",
  dfrac: "\\frac",
  tfrac: "\\frac",
  cfrac: "\\frac",
  nicefrac: "\\frac",
  sfrac: "\\frac",
  dbinom: "\\binom",
  tbinom: "\\binom",
  bm: "\\boldsymbol",
  pmb: "\\boldsymbol",
  symbf: "\\boldsymbol",
  bold: "\\mathbf",
  mathds: "\\mathbb",
  Bbb: "\\mathbb",
  mathbbm: "\\mathbb",
  scr: "\\mathscr",
  EuScript: "\\mathscr",
  symcal: "\\mathcal",
  ast: "*",
  lt: "<",
  gt: ">",
  vert: "|",
  "|": "\\|",
  Vert: "\\|",
  coloneqq: ":=",
  coloneq: ":=",
  triangleq: ":=",
  defeq: ":=",
  eqdef: ":=",
  triangledef: ":=",
  colon: ":",
  varnothing: "\\emptyset",
  dag: "\\dagger",
  intop: "\\int",
  owns: "\\ni",
  sp: "^",
  sb: "_",
  lbrace: "\\{",
  rbrace: "\\}",
  lbrack: "[",
  rbrack: "]",
  And: "\\wedge",
  approxeq: "\\approx",
  thickapprox: "\\approx",
  thicksim: "\\sim",
  varpropto: "\\propto",
  vartriangleleft: "\\triangleleft",
  lang: "\\langle",
  rang: "\\rangle",
  infin: "\\infty",
  empty: "\\emptyset",
  isin: "\\in",
  exist: "\\exists",
  real: "\\Re",
  image: "\\Im",
  longmapsto: "\\mapsto",
  Colon: ":",
  mod: "\\bmod",
  cdotp: "\\cdot",
  centerdot: "\\cdot",
  smallsetminus: "\\setminus",
  backslash: "\\setminus",
  lq: "'",
  restriction: "|",
  newline: "\\\\",
  cr: "\\\\",
  tabularnewline: "\\\\",
  arrowvert: "|",
  textdegree: "\\degree",
  subseteqq: "\\subseteq",
  supseteqq: "\\supseteq",
  sube: "\\subseteq",
  supe: "\\supseteq",
  Reals: "\\R",
}); // prettier-ignore

export const dotCommands: Readonly<Record<string, "horizontal" | "vertical" | "diagonal">> = Object.assign(Object.create(null), {
  cdots: "horizontal",
  ldots: "horizontal",
  dots: "horizontal",
  dotsc: "horizontal",
  dotsb: "horizontal",
  dotsm: "horizontal",
  dotsi: "horizontal",
  dotso: "horizontal",
  hdots: "horizontal",
  vdots: "vertical",
  ddots: "diagonal",
  iddots: "diagonal",
  adots: "diagonal",
  mathellipsis: "horizontal",
  textellipsis: "horizontal",
  hdotsfor: "horizontal",
}); // prettier-ignore

export const rowEnvironments = list(
  "equation align aligned alignat alignedat flalign gather gathered split multline multlined eqnarray math displaymath subequations dmath xalignat empheq eqnarray",
);
export const matrixEnvironments = list(
  "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix Bsmallmatrix vsmallmatrix Vsmallmatrix array tabular subarray darray pNiceMatrix bNiceMatrix NiceMatrix vNiceMatrix",
);
export const casesEnvironments = list("cases dcases rcases drcases numcases subnumcases");

const greek = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega";
const capitals = "A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P  Sigma T Upsilon Phi X Psi Omega";

/** Characters beyond ASCII and what they are written for; "" leaves nothing behind. */
export const unicode: ReadonlyMap<string, string> = new Map([
  ...greek.split(" ").map((n, i): [string, string] => [String.fromCharCode(0x3b1 + i), n.length > 1 ? `\\${n}` : n]),
  ...capitals.split(" ").map((n, i): [string, string] => [String.fromCharCode(0x391 + i), n.length > 1 ? `\\${n}` : n]),
  ...(
    "× \\times|− -|– -|· \\cdot|⋅ \\cdot|∙ \\cdot|÷ \\div|∗ *|∘ \\circ|± \\pm|∓ \\mp|⊗ \\otimes|⊕ \\oplus|⊙ \\odot|⊘ \\oslash|≤ \\leq|⩽ \\leq|≥ \\geq|⩾ \\geq|≠ \\neq|≈ \\approx|≡ \\equiv|∼ \\sim|≃ \\simeq|≅ \\cong|∝ \\propto|∈ \\in|∉ \\notin|⊂ \\subset|" +
    "⊆ \\subseteq|⊃ \\supset|⊇ \\supseteq|∪ \\cup|∩ \\cap|∅ \\emptyset|∖ \\setminus|∧ \\wedge|∨ \\vee|¬ \\neg|∀ \\forall|∃ \\exists|→ \\rightarrow|⟶ \\rightarrow|← \\leftarrow|↦ \\mapsto|⇒ \\Rightarrow|⟹ \\Rightarrow|⇔ \\Leftrightarrow|。 .|、 ,|↔ \\leftrightarrow|√ \\sqrt|∞ \\infty|" +
    "∑ \\sum|∏ \\prod|∫ \\int|∂ \\partial|∇ \\nabla|… \\ldots|⋯ \\cdots|⋮ \\vdots|⋱ \\ddots|ℝ \\mathbb@R|ℂ \\mathbb@C|ℕ \\mathbb@N|ℤ \\mathbb@Z|ℚ \\mathbb@Q|𝔼 \\mathbb@E|‖ \\||∥ \\||∣ |" +
    "|⊤ \\top|⊥ \\bot|† \\dagger|ℓ \\ell|ϵ \\epsilon|ϕ \\varphi|ϑ \\vartheta|⟨ \\langle|⟩ \\rangle|〈 \\langle|〉 \\rangle|⌊ \\lfloor|⌋ \\rfloor|⌈ \\lceil|⌉ \\rceil|° \\degree|′ '|’ '|″ ''|⊖ -|≪ \\ll|≫ \\gg|≜ :=|≔ :=|∥ \\||ⅈ \\imaginary|∆ \\Delta|∘ \\circ"
  )
    .split(/\|(?=[^|] )/)
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
  ...[..."“”‘«»\u200b\u200c\u200d\u2060\ufeff\u2061\u2062\u00ad"].map((c): [string, string] => [c, ""]),
]);

export const superscripts = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵀ"].map((c, i) => [c, "0123456789+-niT".charAt(i)]));
export const subscripts = new Map([..."₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖₘ"].map((c, i) => [c, "0123456789+-nijkm".charAt(i)]));
export const vulgar: ReadonlyMap<string, readonly [number, number]> = new Map(
  "½ 1 2|⅓ 1 3|⅔ 2 3|¼ 1 4|¾ 3 4|⅕ 1 5|⅖ 2 5|⅗ 3 5|⅘ 4 5|⅙ 1 6|⅚ 5 6|⅛ 1 8|⅜ 3 8|⅝ 5 8|⅞ 7 8|⅐ 1 7|⅑ 1 9|⅒ 1 10".split("|").map((f) => {
    const [c, n, d] = f.split(" ") as [string, string, string];
    return [c, [Number(n), Number(d)]];
  }),
);
