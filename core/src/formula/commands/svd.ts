// The singular value decomposition as {U, s, V}.

import { svdRecord } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const svd = onMatrix("svd", null, (a, context, range) => svdRecord(a, range, context));
