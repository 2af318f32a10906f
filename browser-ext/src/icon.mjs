// Draws the icon: a page of text with a note in its margin. Plain shapes, four samples a pixel each way, written as PNG.
import { deflateSync } from "node:zlib";

/** The plain ground of the icon. */
export const GROUND = [15, 98, 122];
const PAPER = [255, 255, 255];
const NOTE = [255, 190, 70];

/** Shapes on a unit square, back to front: rounded rectangles as x, y, width, height, radius. */
const SHAPES = [
  { at: [0.02, 0.02, 0.96, 0.96, 0.22], colour: GROUND },
  { at: [0.17, 0.25, 0.4, 0.115, 0.05], colour: PAPER },
  { at: [0.17, 0.45, 0.4, 0.115, 0.05], colour: PAPER },
  { at: [0.17, 0.65, 0.4, 0.115, 0.05], colour: PAPER },
  { at: [0.68, 0.25, 0.16, 0.315, 0.07], colour: NOTE },
];

const inside = ([x, y, w, h, r], px, py) => {
  const dx = Math.max(x + r - px, px - (x + w - r), 0);
  const dy = Math.max(y + r - py, py - (y + h - r), 0);
  return px >= x && px <= x + w && py >= y && py <= y + h && dx * dx + dy * dy <= r * r;
};

/** The icon as an RGBA PNG of `size` pixels. */
export function icon(size) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const samples = 4;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < samples * samples; i++) {
        const px = (x + ((i % samples) + 0.5) / samples) / size;
        const py = (y + (Math.floor(i / samples) + 0.5) / samples) / size;
        const shape = SHAPES.findLast((s) => inside(s.at, px, py));
        if (!shape) continue;
        shape.colour.forEach((c, k) => {
          sum[k] += c;
        });
        sum[3]++;
      }
      const at = y * (size * 4 + 1) + 1 + x * 4;
      for (let k = 0; k < 3; k++) rows[at + k] = sum[3] ? Math.round(sum[k] / sum[3]) : 0;
      rows[at + 3] = Math.round((sum[3] * 255) / (samples * samples));
    }
  return png(size, size, 6, rows);
}

/** A PNG of filter-less rows (each led by a zero byte). */
export function png(width, height, colourType, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  const chunk = (tag, data) => {
    const body = Buffer.concat([Buffer.from(tag), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function crc32(bytes) {
  let c = ~0;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}
