// The entry under the cursor.
import { ofMatrix, refused } from "./common.js";
import { entryText } from "./entryText.js";

export const cell = ofMatrix(({ row, column }: { row: number; column: number }, entry) => {
  const { rows, columns } = entry.matrix;
  if (row >= rows || column >= columns) return refused("There is no such entry.");
  return { kind: "text", text: entryText(entry, row * columns + column, 15) };
});
