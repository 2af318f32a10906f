// The rank: exact for exact entries, numerical otherwise.

import { rank as rankOf } from "../evaluate/linear.js";
import { integer } from "../evaluate/scalar.js";
import { onMatrix } from "./command.js";

export const rank = onMatrix("rank", "rank", (a, context, range) => integer(rankOf(a, context, range)));
