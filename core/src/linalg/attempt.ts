// What the language throws where a computation meets a size or a value it cannot hold, as an error of the mathematics.

import { MathError } from "./error.js";
import { said } from "./phrase.js";

/**
 * Runs a computation. A RangeError (an array too long, memory refused, a stack too deep) becomes MathError "too-large"; a TypeError becomes "domain" when
 * `lastRead` can name the argument that was read last. Everything else passes.
 */
export function attempt<T>(name: string, compute: () => T, lastRead?: () => string | undefined): T {
  try {
    return compute();
  } catch (e) {
    if (e instanceof RangeError)
      throw new MathError("too-large", said`${name} would need more memory than there is (${e.message})`, "Use smaller sizes");
    const argument = lastRead?.();
    if (e instanceof TypeError && argument !== undefined)
      throw new MathError(
        "domain",
        said`the argument ${argument} of ${name} is missing or does not fit`,
        said`"scholium routines" lists what ${name} takes`,
      );
    throw e;
  }
}
