// Is there a formula at the place?
import { regionOf } from "../formula.js";
import { formulasAt } from "../locate.js";
import type { Handler } from "./index.js";

export const locate: Handler<"locate"> = async ({ place }, { copies }) => {
  const [formula] = formulasAt(copies, place, "selection");
  return { region: formula ? regionOf(formula) : null };
};
