// Tables of roots of unity for the transforms, in the order in which the kernels read them.

export interface ComplexPlanes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Real and imaginary part of e^(-2πi·k/n), 0 <= k < n: from its own octant, so that both are right to the last digit or so. */
function put(out: Float64Array, re: number, im: number, k: number, n: number): void {
  // 8k/n = octant + remainder, in whole numbers.
  const octant = Math.floor((8 * k) / n);
  const rest = 8 * k - octant * n;
  const odd = octant % 2 === 1;
  const angle = ((odd ? n - rest : rest) * Math.PI) / (4 * n);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const x = odd ? s : c;
  const y = odd ? c : s;
  const quadrant = octant >> 1;
  out[re] = quadrant === 0 ? x : quadrant === 1 ? -y : quadrant === 2 ? -x : y;
  out[im] = -(quadrant === 0 ? y : quadrant === 1 ? x : quadrant === 2 ? -y : -x);
}

/** e^(-2πi·k/n) for k < n. */
export function rootsOfUnity(n: number): ComplexPlanes {
  const both = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) put(both, k, n + k, k, n);
  return { re: both.subarray(0, n), im: both.subarray(n) };
}

/** From this length on four steps are faster: the direct stages leave the first cache. */
const FOUR_STEPS = 2 ** 12;
/** From here on there are four times as many columns as rows, whose blocks stay in the first cache: 2^20 takes 10 % less, 2^16 4 %, 2^12 would take 40 % more. */
const FEWER_ROWS = 2 ** 16;
/** Columns and rows a block: 8 fill a cache line. */
const WIDTH = 8;

/** How a length that is a power of two is transformed (see assembly/fftPower.ts). */
export interface PowerPlan {
  readonly columns: number;
  readonly width: number;
  readonly table: Float64Array;
}

/** The plan for n = 2^k >= 8. */
export function powerPlan(n: number): PowerPlan {
  if (n < FOUR_STEPS) return { columns: 0, width: 1, table: stageRoots(n, true) };
  // 4^k rows where that is possible: no stage of radix 2
  let rows = 4;
  while ((n < FEWER_ROWS ? 16 : 64) * rows * rows <= n) rows *= 4;
  const columns = n / rows;
  const near = new Float64Array(2 * rows * WIDTH);
  for (let k = 0, at = 0; k < rows; k++)
    for (let j = 0; j < WIDTH; j += 2, at += 4) {
      put(near, at, at + 2, k * j, n);
      put(near, at + 1, at + 3, k * (j + 1), n);
    }
  const far = new Float64Array((2 * n) / WIDTH);
  for (let j = 0, at = 0; j < columns; j += WIDTH) for (let k = 0; k < rows; k++, at += 2) put(far, at, at + 1, k * j, n);
  const parts = [stageRoots(rows, false), stageRoots(columns, false), near, far];
  const table = new Float64Array(parts.reduce((sum, p) => sum + p.length, 0));
  let from = 0;
  for (const part of parts) {
    table.set(part, from);
    from += part.length;
  }
  return { columns, width: WIDTH, table };
}

/** w^p, w^2p, w^3p for each p of each stage of radix 4 but a last one, which needs none; with `paired`, the first stage's for two p side by side. */
function stageRoots(n: number, paired: boolean): Float64Array {
  const out: number[] = [];
  for (let left = n, stride = 1; left > 4; left /= 4, stride *= 4)
    for (let p = 0; p < left / 4; p++) for (let j = 1; j <= 3; j++) out.push(j * p * stride);
  const table = new Float64Array(2 * out.length);
  const firsts = paired ? (3 * n) / 4 : 0;
  out.forEach((k, i) => {
    if (i >= firsts) put(table, 2 * i, 2 * i + 1, k, n);
    else {
      const p = Math.floor(i / 3);
      const at = 12 * (p >> 1) + 4 * (i % 3) + (p & 1);
      put(table, at, at + 2, k, n);
    }
  });
  return table;
}
