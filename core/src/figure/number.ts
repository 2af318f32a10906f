// Numbers as a label shows them.

/** At most `digits` significant digits, no trailing zeros, exponents only where they shorten: 0.5, 1.23e-7, 12,000 stays 12000. */
export function formatNumber(v: number, digits = 4): string {
  if (Number.isNaN(v)) return "NaN";
  if (!Number.isFinite(v)) return v > 0 ? "∞" : "−∞";
  if (v === 0) return "0";
  const size = Math.abs(v);
  const text =
    size >= 1e6 || size < 1e-4
      ? v
          .toExponential(digits - 1)
          .replace(/\.?0+e/, "e")
          .replace("e+", "e")
      : String(Number(v.toPrecision(digits)));
  return text.replace("-", "−").replace("e−", "e-").replace(/e-/, "e−");
}
