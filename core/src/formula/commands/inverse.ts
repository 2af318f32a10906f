// The inverse of a square matrix.

import { inverse as invert } from "../evaluate/linear.js";
import { onMatrix } from "./command.js";

export const inverse = onMatrix("inverse", "inv", invert);
