// The products a tape needs, into arrays that are there: by the kernels, or by plain loops for comparison and where there are no kernels.

import { type Blocks, type ProductSizes, productBlocks, productInto } from "../kernels/index.js";

export type { Blocks, ProductSizes };

export interface Products {
  /** C = op(A)·op(B), or C += with `add`. */
  product(c: Float64Array, a: Float64Array, b: Float64Array, sizes: ProductSizes, add?: boolean): void;
  /** The same for many blocks of one shape. */
  blockProducts(c: Blocks, a: Blocks, b: Blocks, sizes: ProductSizes, add?: boolean): void;
}

/** Three nested loops for one block: what the kernels are measured against. */
function plain(c: Blocks, a: Blocks, b: Blocks, i: number, { m, n, k, transposeA, transposeB }: ProductSizes, add: boolean): void {
  const [ar, ac] = transposeA ? [1, a.stride] : [a.stride, 1];
  const [br, bc] = transposeB ? [1, b.stride] : [b.stride, 1];
  const [x, y, z] = [a.data, b.data, c.data];
  const [x0, y0, z0] = [a.starts[i], b.starts[i], c.starts[i]];
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) {
      let sum = 0;
      for (let p = 0, u = x0 + row * ar, v = y0 + column * bc; p < k; p++, u += ac, v += br) sum += x[u] * y[v];
      const at = z0 + row * c.stride + column;
      z[at] = add ? z[at] + sum : sum;
    }
}

const FIRST = [0];

export const plainProducts: Products = {
  product: (c, a, b, sizes, add = false) =>
    plain(
      { data: c, starts: FIRST, stride: sizes.n },
      { data: a, starts: FIRST, stride: sizes.transposeA ? sizes.m : sizes.k },
      { data: b, starts: FIRST, stride: sizes.transposeB ? sizes.k : sizes.n },
      0,
      sizes,
      add,
    ),
  blockProducts(c, a, b, sizes, add = false) {
    for (let i = 0; i < c.starts.length; i++) plain(c, a, b, i, sizes, add);
  },
};

export const kernelProducts: Products = {
  product(c, a, b, sizes, add) {
    if (!productInto(c, a, b, sizes, add)) plainProducts.product(c, a, b, sizes, add);
  },
  blockProducts(c, a, b, sizes, add) {
    if (!productBlocks(c, a, b, sizes, add)) plainProducts.blockProducts(c, a, b, sizes, add);
  },
};
