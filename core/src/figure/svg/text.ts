// The few pieces every mark writes with.

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text safe inside an element or an attribute; control characters, which XML forbids, become spaces. */
export const escapeXml = (s: string): string => s.replace(/[&<>"']/g, (c) => ESCAPES[c] as string).replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, " ");

/** A coordinate with at most two decimals. */
export const px = (v: number): string => (Number.isFinite(v) ? String(Math.round(v * 100) / 100) : "0");

/** An element with attributes; numbers are rounded, undefined ones left out. */
export function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>, content = ""): string {
  let out = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) out += ` ${key}="${typeof value === "number" ? px(value) : escapeXml(value)}"`;
  }
  return content ? `${out}>${content}</${name}>` : `${out}/>`;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The head of an arrow from one point to another, 8 pixels long; nothing for an arrow without length. */
export function headPath([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], color: string): string {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 1)) return "";
  const [u, v] = [(8 * (x1 - x0)) / length, (8 * (y1 - y0)) / length];
  const d = `M${px(x1)} ${px(y1)}L${px(x1 - u - v / 2)} ${px(y1 - v + u / 2)}L${px(x1 - u + v / 2)} ${px(y1 - v - u / 2)}Z`;
  return element("path", { d, fill: color });
}
