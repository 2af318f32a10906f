import type { Row } from "./row.js";

/** Products on two threads against one. */
export async function threadRows(): Promise<Row[]> {
  return [];
}
