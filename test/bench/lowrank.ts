// Low-rank approximation: the headline figures, and times and errors beside SciPy, our own full SVD and the dense product.
import { type Matrix, mulberry32, multiply, norm, pinv, subtract, svd } from "@scholium/core/linalg";
import { fromSvd, gaussianMatrix, interpolativeDecomposition, randomizedSvd, truncatedSvd } from "@scholium/core/lowrank";
import { monarch, monarchMultiply } from "@scholium/core/structured";
import { headlines } from "./lowrankFigures.js";
import { least } from "./measure.js";
import { python } from "./python.js";
import { type Row, row } from "./row.js";

const random = (m: number, n: number, seed: number) => gaussianMatrix(m, n, mulberry32(seed));

/** Singular values 0.8^j between random orthonormal factors. */
function decaying(m: number, n: number): Matrix {
  const f = svd(random(m, n, 1));
  return fromSvd({ ...f, s: f.s.map((_, j) => 0.8 ** j) });
}

interface PeerTimes {
  readonly id: number;
  readonly idError: number;
  readonly pinv: number;
  readonly pinvError: number;
}

const sizes = [
  { rows: 120, cols: 100, k: 10 },
  { rows: 400, cols: 300, k: 20 },
];

function besideScipy(): Row[] {
  const theirs = python<PeerTimes[]>("lowrankPeers.py", JSON.stringify(sizes));
  return sizes.flatMap(({ rows, cols, k }, i) => {
    const A = decaying(rows, cols);
    const best = truncatedSvd(A, k).errF;
    const W = random(rows, cols, 2);
    const X = pinv(W);
    const error = interpolativeDecomposition(A, k, { measure: "fro" }).errF / best;
    const pinvError = norm(subtract(multiply(multiply(W, X), W), W), "fro") / norm(W, "fro");
    const peer = theirs?.[i];
    const missing = peer ? "SciPy" : "SciPy (missing)";
    const time = (name: string, f: () => unknown, their?: number): Row =>
      row({
        suite: "lowrank",
        case: `${name} ${rows}×${cols}`,
        value: least(f, 300),
        unit: "ms",
        peer: missing,
        peerValue: their ?? Number.NaN,
        goal: "",
      });
    const accuracy = (name: string, value: number, their?: number, goal = ""): Row =>
      row({
        suite: "lowrank",
        case: `${name} ${rows}×${cols}`,
        value,
        unit: "",
        peer: missing,
        peerValue: their ?? Number.NaN,
        goal: peer ? goal : "",
      });
    return [
      time(`ID k=${k}`, () => interpolativeDecomposition(A, k, { measure: "none" }), peer?.id),
      accuracy(`ID k=${k}, error/SVD's`, error, peer?.idError, "<= 1.3"),
      time("pinv", () => pinv(W), peer?.pinv),
      accuracy("pinv, ‖AXA - A‖/‖A‖", pinvError, peer?.pinvError, "<= 5"),
    ];
  });
}

function besideFullSvd(): Row[] {
  return [200, 400, 800].map((n) => {
    const A = decaying(n, n);
    const sketch = () => randomizedSvd(A, 10, { rng: mulberry32(3) });
    const error = norm(subtract(A, fromSvd(sketch())), "fro") / truncatedSvd(A, 10).errF;
    return row({
      suite: "lowrank",
      case: `randomised SVD k=10, n=${n}`,
      value: least(sketch, 200),
      unit: "ms",
      peer: "our full SVD",
      peerValue: least(() => svd(A), 400),
      goal: ">= 2",
      note: `error ${error.toFixed(4)} of the optimum`,
    });
  });
}

/** The dense product as plain loops: what the Monarch product, plain loops too, is measured against. */
function denseProduct(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  for (let i = 0, p = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++, p++) sum += a[p] * x[j];
    out[i] = sum;
  }
  return out;
}

function besideDense(): Row[] {
  const expected: Record<number, number> = { 256: 7, 1024: 13.9, 2304: 24.7, 4096: 34 };
  return [256, 1024, 2304, 4096].map((n) => {
    const b = Math.sqrt(n);
    const shape = { inBlocks: b, inBlockSize: b, outBlocks: b, outBlockSize: b, blockRank: 1 };
    const f = monarch(shape, random(1, n * b, 1).data, random(1, n * b, 2).data);
    const x = random(1, n, 3).data;
    const dense = random(n, n, 4).data;
    // Both loops compiled before the clock starts.
    for (let i = 0; i < 300; i++) monarchMultiply(f, x);
    for (let i = 0; i < 20; i++) denseProduct(dense, x);
    return row({
      suite: "lowrank",
      case: `H8 Monarch product, n=${n}`,
      value: least(() => monarchMultiply(f, x), 300),
      unit: "ms",
      peer: "dense loop",
      peerValue: least(() => denseProduct(dense, x), 300),
      goal: `>= ${(expected[n] / 2).toFixed(1)}`,
      note: `expected ${expected[n]} times; operations ${b / 2} times fewer`,
    });
  });
}

export async function lowrank(): Promise<Row[]> {
  return [...headlines(), ...besideScipy(), ...besideFullSvd(), ...besideDense()];
}
