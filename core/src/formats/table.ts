// The table of all notations, by name.

import { box } from "./box.js";
import { c } from "./c.js";
import { cpp } from "./cpp.js";
import { csharp } from "./csharp.js";
import { csv } from "./csv.js";
import { eigen } from "./eigen.js";
import type { Format, FormatName } from "./format.js";
import { fortran } from "./fortran.js";
import { glsl } from "./glsl.js";
import { go } from "./go.js";
import { java } from "./java.js";
import { javascript } from "./javascript.js";
import { json } from "./json.js";
import { julia } from "./julia.js";
import { latex } from "./latex.js";
import { maple } from "./maple.js";
import { markdown } from "./markdown.js";
import { mathematica } from "./mathematica.js";
import { matlab } from "./matlab.js";
import { matrixmarket } from "./matrixmarket.js";
import { maxima } from "./maxima.js";
import { plain } from "./plain.js";
import { python } from "./python.js";
import { r } from "./r.js";
import { rust } from "./rust.js";
import { sage } from "./sage.js";
import { tsv } from "./tsv.js";
import { typescript } from "./typescript.js";
import { typst } from "./typst.js";

/** All notations. Where two recognise a text equally well, the earlier one is tried first. */
export const formats: readonly Format[] = [
  matrixmarket,
  latex,
  markdown,
  json,
  csv,
  tsv,
  plain,
  rust,
  cpp,
  c,
  go,
  typescript,
  javascript,
  java,
  csharp,
  typst,
  maxima,
  maple,
  sage,
  r,
  julia,
  python,
  matlab,
  mathematica,
  glsl,
  fortran,
  eigen,
  box,
];

const byName = new Map<string, Format>(formats.map((f) => [f.name, f]));

/** The notation of that name; undefined for an unknown one. */
export const findFormat = (name: FormatName | (string & {})): Format | undefined => byName.get(name);
