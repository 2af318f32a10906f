// A matrix as the bytes of a NumPy file, version 1.0, little endian (NumPy Enhancement Proposal 1).
import type { Matrix } from "@scholium/core/linalg";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

export function npyBytes({ rows, columns, data, imag }: Matrix): Uint8Array {
  const header = `{'descr': '${imag ? "<c16" : "<f8"}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  // The numbers start at a multiple of 64.
  const length = Math.ceil((header.length + 11) / 64) * 64 - 10;
  const out = new Uint8Array(10 + length + data.byteLength * (imag ? 2 : 1));
  out.set(MAGIC);
  out[8] = length & 255;
  out[9] = length >> 8;
  out.fill(0x20, 10, 10 + length);
  for (let i = 0; i < header.length; i++) out[10 + i] = header.charCodeAt(i);
  out[9 + length] = 0x0a;
  const view = new DataView(out.buffer, 10 + length);
  for (let k = 0; k < data.length; k++) {
    view.setFloat64((imag ? 16 : 8) * k, data[k], true);
    if (imag) view.setFloat64(16 * k + 8, imag[k], true);
  }
  return out;
}
