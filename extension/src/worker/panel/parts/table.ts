// A page of entries as texts, for the table view.
import { ofMatrix } from "./common.js";
import { entryText } from "./entryText.js";

interface Page {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export const table = ofMatrix(({ row, column, rows, columns }: Page, entry) => {
  const { matrix } = entry;
  const texts: string[] = [];
  for (let i = row; i < Math.min(row + rows, matrix.rows); i++)
    for (let j = column; j < Math.min(column + columns, matrix.columns); j++) texts.push(entryText(entry, i * matrix.columns + j, 8));
  return { kind: "table", texts };
});
