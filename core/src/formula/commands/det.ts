// The determinant.

import { det as determinant } from "../evaluate/linear.js";
import { onMatrix } from "./command.js";

export const det = onMatrix("det", "det", determinant);
