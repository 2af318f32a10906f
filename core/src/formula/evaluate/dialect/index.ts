// Functions that a notation has alone, or means differently: found before the common ones.
// One file per notation or family, one line here.

import type { Flavour } from "../../../expr/index.js";
import type { FormatName } from "../../../formats/index.js";
import { byName, type FormulaFunction } from "../function.js";
import { contractions } from "./contraction.js";
import { dataFunctions } from "./data.js";
import { distributionFunctions } from "./distributions.js";
import { frameFunctions } from "./frame.js";
import { integerFunctions } from "./integers.js";
import { iterationFunctions } from "./iteration.js";
import { juliaFunctions } from "./julia.js";
import { matlabFunctions } from "./matlab.js";
import { namedFunctions } from "./named.js";
import { networkFunctions, normalisations } from "./network.js";
import { numericFunctions } from "./numeric.js";
import { numpyFunctions } from "./numpy.js";
import { polynomialFunctions } from "./polynomials.js";
import { rFunctions } from "./r.js";
import { sampleFunctions } from "./samples.js";
import { selectionFunctions } from "./selection.js";
import { tensorFunctions } from "./tensor.js";

const shared = [
  ...numericFunctions,
  ...contractions,
  ...dataFunctions,
  ...integerFunctions,
  ...polynomialFunctions,
  ...iterationFunctions,
  ...distributionFunctions,
  ...namedFunctions,
];
const common = byName(shared);
const code: readonly FormatName[] =
  "python matlab julia mathematica maple maxima sage c cpp java go csharp glsl fortran rust javascript typescript eigen".split(" ") as FormatName[];

export const dialects: Partial<Record<FormatName, ReadonlyMap<string, FormulaFunction>>> = {
  ...Object.fromEntries(code.map((name) => [name, common])),
  latex: byName(normalisations),
  typst: byName([...shared, ...normalisations]),
  plain: byName([...shared, ...normalisations]),
  python: byName([...shared, ...numpyFunctions, ...selectionFunctions, ...sampleFunctions, ...networkFunctions]),
  r: byName([...shared, ...rFunctions]),
  julia: byName([...shared, ...juliaFunctions]),
  matlab: byName([...shared, ...matlabFunctions]),
};

/** What a name means for another kind of array than the notation's usual one. */
export const ofFlavour: Partial<Record<Flavour, ReadonlyMap<string, FormulaFunction>>> = {
  tensor: byName(tensorFunctions),
  frame: byName(frameFunctions),
};
