// A panel has closed or looks at another value.
import type { Handler } from "./index.js";

export const forget: Handler<"forget"> = async ({ key }, { store }) => {
  store.forget(key);
  return {};
};
