// Sylvester and Lyapunov equations.
import { spend } from "../kernels/index.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { complexSchur } from "./schur.js";
import { allocate, complexify, copy, realOf, requireFinite, requireSquare, shapeText } from "./shape.js";
import { symmetricEigen } from "./symmetricEigen.js";

/**
 * X (m×n) with A·X + X·B = C for A m×m, B n×n: Schur forms of both and substitution (Bartels & Stewart 1972; Golub & Van Loan §7.6.3), about 25(m³ + n³) + 4mn(m + n) flops.
 * ‖AX + XB - C‖ <= c·eps·(‖A‖ + ‖B‖)‖X‖. Unique unless an eigenvalue of A is minus one of B ("singular", to rounding). Empty ones give empty X.
 * With { semidefinite: true } A and B must be symmetric (Hermitian) positive semidefinite; eigenvalue sums below 1e-12 of the largest then give 0: the least-norm solution.
 * Throws "not-square", "shape-mismatch", "nonfinite".
 */
export function sylvester(a: Matrix, b: Matrix, c: Matrix, options: { semidefinite?: boolean } = {}): Matrix {
  requireSquare(a, "the Sylvester equation");
  requireSquare(b, "the Sylvester equation");
  if (c.rows !== a.rows || c.columns !== b.rows)
    throw new MathError(
      "shape-mismatch",
      said`A·X + X·B = C with A ${shapeText(a)} and B ${shapeText(b)} needs C ${a.rows}×${b.rows}, not ${shapeText(c)}`,
    );
  requireFinite(c, "the Sylvester equation");
  if (options.semidefinite) return semidefinite(a, b, c);
  const isReal = !a.imag && !b.imag && !c.imag;
  const fa = complexSchur(a);
  const fb = complexSchur(b);
  const f = multiply(multiply(fa.Z, c, { a: "adjoint" }), fb.Z);
  const y = triangularSylvester(fa.T, fb.T, complexify(copy(f)));
  const x = multiply(multiply(fa.Z, y), fb.Z, { b: "adjoint" });
  return isReal ? realOf(x) : x;
}

function semidefinite(a: Matrix, b: Matrix, c: Matrix): Matrix {
  const p = symmetricEigen(a);
  const q = symmetricEigen(b);
  const f = copy(multiply(multiply(p.vectors, c, { a: "adjoint" }), q.vectors));
  let most = 0;
  for (const l of p.values) for (const m of q.values) most = Math.max(most, l + m);
  for (const plane of f.imag ? [f.data, f.imag] : [f.data])
    for (let i = 0; i < f.rows; i++)
      for (let j = 0; j < f.columns; j++) {
        const sum = p.values[i] + q.values[j];
        plane[i * f.columns + j] = sum <= 1e-12 * most ? 0 : plane[i * f.columns + j] / sum;
      }
  return multiply(multiply(p.vectors, f), q.vectors, { b: "adjoint" });
}

/** R·Y + Y·S = F for upper triangular complex R, S: column by column, in each from the bottom up. F is overwritten and returned. */
export function triangularSylvester(r: Matrix, s: Matrix, f: Matrix): Matrix {
  const m = r.rows;
  const n = s.rows;
  const yr = f.data;
  const yi = f.imag!;
  let size = 0;
  for (let i = 0; i < m; i++) size = Math.max(size, Math.abs(r.data[i * (m + 1)]), Math.abs(r.imag![i * (m + 1)]));
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(s.data[i * (n + 1)]), Math.abs(s.imag![i * (n + 1)]));
  for (let j = 0; j < n; j++) {
    spend(4 * m * (j + m));
    for (let k = 0; k < j; k++) {
      const br = s.data[k * n + j];
      const bi = s.imag![k * n + j];
      for (let i = 0; i < m; i++) {
        const p = i * n + k;
        yr[i * n + j] -= yr[p] * br - yi[p] * bi;
        yi[i * n + j] -= yr[p] * bi + yi[p] * br;
      }
    }
    for (let i = m - 1; i >= 0; i--) {
      let tr = yr[i * n + j];
      let ti = yi[i * n + j];
      for (let k = i + 1; k < m; k++) {
        const ar = r.data[i * m + k];
        const ai = r.imag![i * m + k];
        tr -= ar * yr[k * n + j] - ai * yi[k * n + j];
        ti -= ar * yi[k * n + j] + ai * yr[k * n + j];
      }
      const dr = r.data[i * (m + 1)] + s.data[j * (n + 1)];
      const di = r.imag![i * (m + 1)] + s.imag![j * (n + 1)];
      const d = Math.max(Math.abs(dr), Math.abs(di));
      if (d <= 2 ** -52 * size || d === 0)
        throw new MathError("singular", "the Sylvester equation has no unique solution: an eigenvalue of A is minus an eigenvalue of B");
      const q = (dr / d) ** 2 + (di / d) ** 2;
      yr[i * n + j] = (tr * (dr / d) + ti * (di / d)) / q / d;
      yi[i * n + j] = (ti * (dr / d) - tr * (di / d)) / q / d;
    }
  }
  return f;
}

/** Makes X exactly Hermitian when Q is. */
function symmetrised(x: Matrix, q: Matrix): Matrix {
  const n = q.rows;
  const at = (m: Matrix, i: number, j: number) => [m.data[i * n + j], m.imag?.[i * n + j] ?? 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [a, b] = at(q, i, j);
      const [c, d] = at(q, j, i);
      if (a !== c || b !== -d) return x;
    }
  const out = copy(x);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      out.data[i * n + j] = (x.data[i * n + j] + x.data[j * n + i]) / 2;
      if (out.imag) out.imag[i * n + j] = (x.imag![i * n + j] - x.imag![j * n + i]) / 2;
    }
  return out;
}

/**
 * X with A·X + X·Aᴴ = Q (the convention of SciPy; MATLAB's lyap has -Q on the right). One Schur form, then substitution; Hermitian when Q is.
 * "singular" when two eigenvalues of A satisfy λ_i + conj(λ_j) = 0. Throws "not-square", "shape-mismatch", "nonfinite".
 */
export function lyapunov(a: Matrix, q: Matrix): Matrix {
  requireLyapunov(a, q);
  const adjointOf: Matrix = {
    rows: a.rows,
    columns: a.columns,
    data: flip(a.data, a.rows, 1),
    ...(a.imag ? { imag: flip(a.imag, a.rows, -1) } : {}),
  };
  return symmetrised(sylvester(a, adjointOf, q), q);
}

const flip = (x: Float64Array, n: number, sign: number): Float64Array => {
  const out = new Float64Array(x.length);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[j * n + i] = sign * x[i * n + j];
  return out;
};

function requireLyapunov(a: Matrix, q: Matrix): void {
  requireSquare(a, "the Lyapunov equation");
  if (q.rows !== a.rows || q.columns !== a.rows)
    throw new MathError("shape-mismatch", said`the Lyapunov equation with A ${shapeText(a)} needs Q of the same shape, not ${shapeText(q)}`);
  requireFinite(q, "the Lyapunov equation");
}

/**
 * X with A·X·Aᴴ - X + Q = 0, the discrete Lyapunov (Stein) equation (the convention of SciPy and MATLAB): on the Schur form of A, column by column from the right,
 * about 35n³ flops (Kitagawa 1977). "singular" when two eigenvalues satisfy λ_i·conj(λ_j) = 1. Hermitian when Q is. Throws "not-square", "shape-mismatch", "nonfinite".
 */
export function discreteLyapunov(a: Matrix, q: Matrix): Matrix {
  requireLyapunov(a, q);
  const n = a.rows;
  const { Z, T } = complexSchur(a);
  const f = complexify(multiply(multiply(Z, q, { a: "adjoint" }), Z));
  const y: Matrix = { rows: n, columns: n, data: allocate(n, n), imag: allocate(n, n) };
  for (let j = n - 1; j >= 0; j--) {
    spend(8 * n * n);
    // (conj(t_jj)·T - I)·y_j = -f_j - T·Σ_{k>j} conj(t_jk)·y_k
    const w: Matrix = { rows: n, columns: 1, data: allocate(n, 1), imag: allocate(n, 1) };
    for (let k = j + 1; k < n; k++) {
      const cr = T.data[j * n + k];
      const ci = -T.imag![j * n + k];
      for (let i = 0; i < n; i++) {
        const vr = y.data[i * n + k];
        const vi = y.imag![i * n + k];
        w.data[i] += cr * vr - ci * vi;
        w.imag![i] += cr * vi + ci * vr;
      }
    }
    const tw = multiply(T, w);
    const cr = T.data[j * (n + 1)];
    const ci = -T.imag![j * (n + 1)];
    for (let i = n - 1; i >= 0; i--) {
      let sr = -f.data[i * n + j] - tw.data[i];
      let si = -f.imag[i * n + j] - tw.imag![i];
      let ur = 0;
      let ui = 0;
      for (let k = i + 1; k < n; k++) {
        const tr = T.data[i * n + k];
        const ti = T.imag![i * n + k];
        ur += tr * y.data[k * n + j] - ti * y.imag![k * n + j];
        ui += tr * y.imag![k * n + j] + ti * y.data[k * n + j];
      }
      sr -= cr * ur - ci * ui;
      si -= cr * ui + ci * ur;
      const tr = T.data[i * (n + 1)];
      const ti = T.imag![i * (n + 1)];
      const dr = cr * tr - ci * ti - 1;
      const di = cr * ti + ci * tr;
      const d = dr * dr + di * di;
      if (Math.sqrt(d) <= 4 * 2 ** -52)
        throw new MathError("singular", "the discrete Lyapunov equation has no unique solution: two eigenvalues satisfy λ_i·conj(λ_j) = 1");
      y.data[i * n + j] = (sr * dr + si * di) / d;
      y.imag![i * n + j] = (si * dr - sr * di) / d;
    }
  }
  const x = multiply(multiply(Z, y), Z, { b: "adjoint" });
  return symmetrised(a.imag || q.imag ? x : realOf(x), q);
}
