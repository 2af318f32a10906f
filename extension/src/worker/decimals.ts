// A formula written with decimals is answered in decimals: 0.9 · 0.8 is 0.72 beside it, not 18/25. It is computed exactly all the same.
import type { Value } from "@scholium/core/expr";
import { type Answer, type Request, run } from "@scholium/core/formula";
import { type Rational, rationalToNumber } from "@scholium/core/linalg";
import { hostOf } from "./host.js";
import type { JobContext } from "./jobs/index.js";
import { environmentOf, printValue } from "./print.js";

/** A decimal point between digits, or a negative power of ten behind an e; not the points of a version or an ellipsis. */
const DECIMAL = /(?<![\w.])\d*\.\d+(?![\d.])|\d[eE]-\d/;

/** Whether a text has numbers written as decimals. */
export const hasDecimals = (text: string): boolean => DECIMAL.test(text);

/** Whether floating point has a number for it: neither nothing nor infinity. */
const isInRange = (r: Rational) => {
  const size = Math.abs(rationalToNumber(r));
  return r.num === 0n || (size > 0 && size < Number.POSITIVE_INFINITY);
};
const isFraction = (r: Rational) => r.den !== 1n;

/** The value with its fractions as decimals, where floating point has them. */
export function asDecimals(value: Value): Value {
  switch (value.kind) {
    case "rational":
      return isFraction(value) && isInRange(value) ? { kind: "real", value: rationalToNumber(value) } : value;
    case "complex": {
      const { exact, ...rest } = value;
      const parts = exact ? [exact.re, exact.im] : [];
      return parts.some(isFraction) && parts.every(isInRange) ? rest : value;
    }
    case "array": {
      const { exact, ...rest } = value;
      return exact?.some(isFraction) && exact.every(isInRange) ? rest : value;
    }
    case "list":
      return { ...value, items: value.items.map(asDecimals) };
    case "solutions":
      return { ...value, values: value.values.map(asDecimals) };
    case "record":
      return { ...value, fields: Object.fromEntries(Object.entries(value.fields).map(([name, v]) => [name, asDecimals(v)])) };
    default:
      return value;
  }
}

/** The answer to a request; in decimals when its formula is written with them, itself or in the definitions it used. */
export async function answerOf(request: Request, context: JobContext): Promise<Answer> {
  const answer = await run(request, hostOf(context));
  const { input, definitions = [] } = request;
  if (!answer.ok || !(hasDecimals(input) || answer.used.some(({ index }) => hasDecimals(definitions[index] ?? "")))) return answer;
  // A closed form of what was never meant to be exact would say no more than the number.
  const { exact: _, ...rest } = answer;
  const value = asDecimals(answer.value);
  if (value === answer.value || request.printed === false) return { ...rest, value };
  const environment = environmentOf(answer.latex);
  const options = { digits: 17, ...(environment ? { environment } : {}) };
  const latex = printValue(value, "latex", options) ?? answer.latex;
  const text = answer.language === "latex" ? latex : (printValue(value, answer.language, options) ?? answer.text);
  return { ...rest, value, latex, text };
}
