// Which commands the grammar knows.

import { functionOfCommand } from "./functions.js";
import { accents, bigOps, binaryOps, callOps, integrals, opaqueOps, opaqueRelations, relationOps, styles, symbolNames } from "./operators.js";

const others = new Set(
  "frac binom sqrt nabla partial lfloor lceil langle rfloor rceil rangle lvert rvert lVert rVert { } | neg forall exists xrightarrow xleftarrow xleftrightarrow pmod choose over atop imaginary Re Im Pr arg deg ker hom pod root rbrace lbrace therefore uparrow downarrow ulcorner urcorner nexists argmax argmin injlim projlim".split(
    " ",
  ),
);

export function isKnownCommand(command: string): boolean {
  const name = command.slice(1);
  return (
    symbolNames.has(name) ||
    binaryOps.has(command) ||
    relationOps.has(command) ||
    styles.has(name) ||
    accents.has(name) ||
    bigOps.has(name) ||
    integrals.has(name) ||
    callOps.has(command) ||
    opaqueOps.has(command) ||
    opaqueRelations.has(command) ||
    others.has(name) ||
    functionOfCommand(name) !== undefined
  );
}
