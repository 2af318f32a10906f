// A formula's source in a few characters, as it is read and not as it is written: names a formula in a note at the end of its line.

const pairs = (text: string): ReadonlyMap<string, string> => new Map(text.split(" ").map((pair) => [pair.slice(0, -1), pair.slice(-1)]));
/** Characters that have a small form of their own. */
const raised = pairs("0⁰ 1¹ 2² 3³ 4⁴ 5⁵ 6⁶ 7⁷ 8⁸ 9⁹ +⁺ -⁻ =⁼ (⁽ )⁾ nⁿ iⁱ Tᵀ");
const lowered = pairs("0₀ 1₁ 2₂ 3₃ 4₄ 5₅ 6₆ 7₇ 8₈ 9₉ +₊ -₋ =₌ (₍ )₎ aₐ eₑ hₕ iᵢ jⱼ kₖ lₗ mₘ nₙ oₒ pₚ rᵣ sₛ tₜ uᵤ vᵥ xₓ");
/** Commands with a sign of their own; those that only set their argument come to nothing, all others to their name. */
const signs = pairs(
  "sum∑ prod∏ int∫ sqrt√ cdot· circ∘ times× to→ leftarrow← le≤ leq≤ ge≥ geq≥ approx≈ sim∼ in∈ dots… ldots… cdots⋯ langle⟨ rangle⟩ ellℓ infty∞ top⊤ partial∂ nabla∇ pm± alphaα betaβ gammaγ deltaδ epsilonε varepsilonε zetaζ etaη thetaθ kappaκ lambdaλ muμ nuν xiξ piπ rhoρ sigmaσ tauτ phiφ varphiφ chiχ psiψ omegaω GammaΓ DeltaΔ ThetaΘ LambdaΛ XiΞ PiΠ SigmaΣ PhiΦ PsiΨ OmegaΩ",
);
const SETTING = new Set("operatorname mathrm mathbb mathbf mathit mathsf mathcal boldsymbol text left right displaystyle limits".split(" "));

const bracketed = (text: string) => (/^(?:\\?\w+|\(.*\))$/u.test(text) ? text : `(${text})`);

/** A small text above or below: in small characters where all have them, otherwise after its mark. */
function small(mark: string, text: string): string {
  const forms = mark === "^" ? raised : lowered;
  const characters = [...text.replace(/\s+/g, "")];
  if (characters.every((c) => forms.has(c))) return characters.map((c) => forms.get(c)).join("");
  return `${mark}${bracketed(text.replace(/\s+/g, ""))}`;
}

const read = (source: string): string =>
  source
    .replace(/^\$+|\$+$/g, "")
    .replace(/\\begin\{(\w+\*?)\}[\s\S]*?(?:\\end\{\1\}|$)/g, "[…]")
    .replace(/\\[|]/g, "‖")
    .replace(/\^\{?\\(?:top|mathsf\{T\}|intercal)\}?/g, "^T")
    .replace(/\\bar\s*\{?(\w|\\\w+)\}?/g, "$1̄")
    .replace(/\\tilde\s*\{?(\w|\\\w+)\}?/g, "$1̃")
    .replace(/\\[dt]?frac\s*(\d)\s*(\d)/g, "$1/$2")
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, a: string, b: string) => `${bracketed(a)}/${bracketed(b)}`)
    .replace(/\\([A-Za-z]+)\*?/g, (_, name: string) => (SETTING.has(name) ? "" : (signs.get(name) ?? name)))
    .replace(/\\[,;!: ]/g, " ")
    .replace(/√\s*\{([^{}]*)\}/g, (_, inside: string) => `√${bracketed(inside)}`)
    .replace(/([_^])\{([^{}]*)\}/g, (_, mark: string, text: string) => small(mark, text))
    .replace(/([_^])(\w)/g, (_, mark: string, text: string) => small(mark, text))
    .replace(/[{}\\]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Every note in sight is named anew at each painting: names made before are kept. 200 of them take 2.4 ms to make and 0.15 ms to find (busy machine). */
const names = new Map<string, string>();
const MOST_NAMES = 2000;

/** The LaTeX source of a formula on one line, without what only sets it. */
export function readable(source: string): string {
  const known = names.get(source);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const name = read(source);
  names.set(source, name);
  return name;
}
