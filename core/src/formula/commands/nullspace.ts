// A basis of the null space, as columns.

import { nullSpace } from "../evaluate/linear.js";
import { onMatrix } from "./command.js";

export const nullspace = onMatrix("nullspace", "null", nullSpace);
