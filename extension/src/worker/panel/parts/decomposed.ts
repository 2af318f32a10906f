// The singular value decomposition of a value, computed once while it is looked at.
import { type SVD, singularValues, svd } from "@scholium/core/linalg";
import type { MatrixEntry } from "../store.js";

export const singularOf = (entry: MatrixEntry): Float64Array => (entry.singular ??= entry.svd?.s ?? singularValues(entry.matrix));

export function svdOf(entry: MatrixEntry): SVD {
  entry.svd ??= svd(entry.matrix);
  entry.singular ??= entry.svd.s;
  return entry.svd;
}
