// One tile of one level, for zoom and pan.
import { tileAt } from "../sight.js";
import { ofMatrix, refused } from "./common.js";

export const tile = ofMatrix(({ level, row, column }: { level: number; row: number; column: number }, entry) => {
  const found = tileAt(entry, level, row, column);
  return found ? { kind: "tile", tile: found } : refused("There is no such part of the matrix.");
});
