import { eigenvalues, identity, matrix, modulus, mulberry32, multiply, norm, subtract } from "@scholium/core/linalg";
import { affine, causalConvolve, causalConvolveDirect, finish, hillisSteeleRounds, linearScan, scan } from "@scholium/core/signal";
import {
  discretize,
  discretizeDiagonal,
  lru,
  lruInit,
  type NplrKind,
  nplr,
  rtfCompanion,
  rtfCorrectC,
  rtfInit,
  rtfKernel,
  rtfKernelDelayed,
  rtfRecurrence,
  s4dInit,
  s4dKernel,
  s4dKernelSteps,
  s4Kernel,
  s4KernelWithDft,
  s4System,
  s5Layer,
  schurCohn,
  selectiveScan,
  selectiveScanSteps,
  softplus,
  ssmKernel,
  ssmRun,
  ssmToRtf,
} from "@scholium/core/ssm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};
const numbers = (count: number, seed = 1) => {
  const random = mulberry32(seed);
  return Float64Array.from({ length: count }, () => 2 * random() - 1);
};

describe("normal plus low rank", () => {
  const kinds: NplrKind[] = ["legs", "legt", "lagt", "lagt-s4", "fout"];
  test.each(kinds)("%s is V(Λ - P̃P̃*)V* with a unitary V", (kind) => {
    const { A, V, lambda, P, B } = nplr({ kind, N: 8, w: 2 });
    const N = A.rows;
    expect(norm(subtract(multiply(V, V, { a: "adjoint" }), identity(N)), "max")).toBeLessThan(1e-13);
    const low = multiply(P, P, { a: "transpose", b: "conjugate" });
    const inner = matrix(
      N,
      N,
      low.data.map((x, p) => (p % (N + 1) === 0 ? lambda.re[p % N] : 0) - x),
      low.imag?.map((x, p) => (p % (N + 1) === 0 ? lambda.im[p % N] : 0) - x),
    );
    const back = multiply(multiply(V, inner), V, { b: "adjoint" });
    expect(worst(back.data, A.data)).toBeLessThan(1e-12);
    expect(worst(back.imag ?? [], new Float64Array(N * N))).toBeLessThan(1e-12);
    expect(B.rows).toBe(N);
  });
  test("for LegS V*B = √2·V*P", () => {
    const { P, B } = nplr({ kind: "legs", N: 6 });
    expect(
      worst(
        B.data,
        P.data.map((x) => Math.SQRT2 * x),
      ),
    ).toBeLessThan(1e-13);
  });
  test("odd N of legt and lagt-s4 has an eigenvalue zero", () => {
    for (const kind of ["legt", "lagt-s4"] as const) expect(Math.min(...nplr({ kind, N: 5 }).lambda.im.map(Math.abs))).toBeLessThan(1e-14);
  });
  test("the fastest mode of LegS approaches N²/π", () => {
    const { lambda } = nplr({ kind: "legs", N: 64 });
    expect((Math.max(...lambda.im) * Math.PI) / 64 ** 2).toBeCloseTo(1, 2);
  });
  test("a measure without the form is refused by name", () => expect(() => nplr({ kind: "lmu" as NplrKind, N: 4 })).toThrow(/lmu/));
});

describe("the S4 kernel", () => {
  test("equals direct powers for even, odd and tiny lengths, ranks one and two, and zero eigenvalues", () => {
    for (const kind of ["legs", "legt", "lagt-s4", "fout"] as const)
      for (const N of kind === "fout" ? [4, 8] : [1, 4, 5, 7])
        for (const L of [1, 2, 3, 16, 31]) {
          const C = numbers(kind === "fout" ? N - 1 : N, N + L);
          const options = { kind, N, dt: 0.1, C };
          const { Ad, Bd } = s4System(options, L);
          const direct = ssmKernel({ A: Ad, B: Bd.data, C }, L);
          expect(worst(s4Kernel(options, L), direct)).toBeLessThan(1e-11);
        }
  });
  test("at z = -1, where the textbook form divides by zero, the spectrum is finite and right", () => {
    const options = { kind: "legs" as const, N: 6, dt: 0.1, C: numbers(6) };
    const { K, dft } = s4KernelWithDft(options, 16);
    const alternating = K.reduce((s, x, k) => s + (k % 2 === 0 ? x : -x), 0);
    expect(dft.re[8]).toBeCloseTo(alternating, 12);
    expect(Math.abs(dft.im[8])).toBeLessThan(1e-12);
  });
  test("a step too large for the fastest mode warns", () => {
    expect(s4System({ kind: "legs", N: 16, dt: 0.1, C: numbers(16) }, 8).warning).toMatch(/frequency/);
    expect(s4System({ kind: "legs", N: 4, dt: 0.1, C: numbers(4) }, 8).warning).toBeUndefined();
  });
  test("fout takes its output with or without the dead state", () => {
    const C = Float64Array.of(1, 9, 2, 3);
    expect(worst(s4Kernel({ kind: "fout", N: 4, dt: 0.1, C }, 9), s4Kernel({ kind: "fout", N: 4, dt: 0.1, C: Float64Array.of(1, 2, 3) }, 9))).toBe(0);
  });
  test("a zero length, a zero step and a wrong output size are refused", () => {
    const options = { kind: "legs" as const, N: 3, dt: 0.1, C: numbers(3) };
    expect(() => s4Kernel(options, 0)).toThrow(/L must/);
    expect(() => s4Kernel({ ...options, dt: 0 }, 4)).toThrow(/dt/);
    expect(() => s4Kernel({ ...options, C: numbers(2) }, 4)).toThrow(/3 states/);
  });
});

describe("recurrence and convolution", () => {
  test("running a system is the causal convolution with its kernel", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 90 }), fc.integer(), (n, L, seed) => {
        const x = numbers(n * n + 2 * n + L, seed);
        const system = {
          A: matrix(
            n,
            n,
            x.slice(0, n * n).map((v) => v / n),
          ),
          B: x.slice(n * n, n * n + n),
          C: x.slice(n * n + n, n * n + 2 * n),
        };
        const u = x.slice(n * n + 2 * n);
        expect(worst(ssmRun(system, u).y, causalConvolve(ssmKernel(system, L), u))).toBeLessThan(1e-11);
      }),
      { numRuns: 40 },
    ));
  test("blocked convolution does not wrap around and equals the direct sum", () => {
    for (const [m, n] of [
      [1, 1],
      [3, 100],
      [100, 3],
      [200, 150],
    ]) {
      const [k, u] = [numbers(m, 2), numbers(n, 3)];
      expect(worst(causalConvolve(k, u), causalConvolveDirect(k, u))).toBeLessThan(1e-12);
    }
    expect(causalConvolve([1, 2], []).length).toBe(0);
  });
  test("several blocks fit together: a shift by 100,000 samples", () => {
    const L = 150_000;
    const K = new Float64Array(L);
    K[100_000] = 1;
    const u = numbers(L, 4);
    const y = causalConvolve(K, u);
    expect(worst(y.subarray(100_000), u.subarray(0, L - 100_000))).toBeLessThan(1e-12);
    expect(worst(y.subarray(0, 100_000), new Float64Array(100_000))).toBeLessThan(1e-12);
  });
});

describe("diagonal state spaces", () => {
  const A = s4dInit("lin", 8);
  const C = { re: numbers(4, 5), im: numbers(4, 6) };
  const B = { re: new Float64Array(4).fill(1), im: new Float64Array(4) };
  test.each(["zoh", "bilinear"] as const)("the %s kernel equals direct powers over several resyncs", (method) => {
    const { Ad, f } = discretizeDiagonal(A, 0.01, method);
    const K = s4dKernel({ A, B, C, dt: 0.01, method }, 1300);
    for (const k of [0, 1, 511, 512, 1299]) {
      let sum = 0;
      for (let n = 0; n < 4; n++) {
        const size = modulus(Ad.re[n], Ad.im[n]) ** k;
        const angle = Math.atan2(Ad.im[n], Ad.re[n]) * k;
        const [pr, pi] = [size * Math.cos(angle), size * Math.sin(angle)];
        const [cr, ci] = [C.re[n] * f.re[n] - C.im[n] * f.im[n], C.re[n] * f.im[n] + C.im[n] * f.re[n]];
        sum += 2 * (cr * pr - ci * pi);
      }
      expect(K[k]).toBeCloseTo(sum, 12);
    }
  });
  test("the diagonal rules agree with the dense ones", () => {
    const one = matrix(1, 1, [-0.7], [2]);
    for (const method of ["zoh", "bilinear"] as const) {
      const { Ad, Bd } = discretize(one, matrix(1, 1, [1]), 0.3, method);
      const d = discretizeDiagonal({ re: Float64Array.of(-0.7), im: Float64Array.of(2) }, 0.3, method);
      expect(worst([Ad.data[0], Ad.imag![0], Bd.data[0], Bd.imag![0]], [d.Ad.re[0], d.Ad.im[0], d.f.re[0], d.f.im[0]])).toBeLessThan(1e-14);
    }
  });
  test("a zero eigenvalue integrates, an unstable one grows, a pole of the rule is refused", () => {
    const zero = { re: Float64Array.of(0), im: Float64Array.of(0) };
    const one = { re: Float64Array.of(1), im: Float64Array.of(0) };
    expect(worst(s4dKernel({ A: zero, B: one, C: one, dt: 0.5 }, 3), [1, 1, 1])).toBeLessThan(1e-15);
    const grown = s4dKernel({ A: one, B: one, C: one, dt: 1 }, 5);
    expect(grown[4] / grown[3]).toBeCloseTo(Math.E, 10);
    expect(() => s4dKernel({ A: { ...zero, re: Float64Array.of(20) }, B: one, C: one, dt: 0.1, method: "bilinear" }, 3)).toThrow(/pole/);
  });
  test("initial eigenvalues are the upper half: odd N rounds down", () => {
    expect(s4dInit("lin", 5).re.length).toBe(2);
    for (const kind of ["inv", "legs"] as const) for (const y of s4dInit(kind, 10).im) expect(y).toBeGreaterThan(0);
    const half = s4dInit("legs", 6).im;
    expect(worst(half, nplr({ kind: "legs", N: 6 }).lambda.im.slice(3))).toBe(0);
  });
  test("S5 with one channel is the S4D convolution", () => {
    const u = numbers(40, 7);
    const dt = new Float64Array(4).fill(0.05);
    const y = s5Layer({
      A,
      B: matrix(4, 1, B.re, B.im),
      C: matrix(1, 4, C.re, C.im),
      D: [0.3],
      dt,
      u: matrix(40, 1, u),
      conjSym: true,
    });
    const K = s4dKernel({ A, B, C, dt: 0.05 }, 40);
    const wanted = causalConvolve(K, u).map((x, k) => x + 0.3 * u[k]);
    expect(worst(y.data, wanted)).toBeLessThan(1e-12);
  });
});

describe("rational transfer functions", () => {
  const stable = fc.array(fc.double({ min: -0.24, max: 0.24, noNaN: true }), { minLength: 1, maxLength: 4 });
  test("the kernel is C·Ā^k·B of the companion form with the transposed correction", () =>
    fc.assert(
      fc.property(stable, fc.integer({ min: 0, max: 20 }), (a, extra) => {
        const L = a.length + 1 + extra;
        const b = numbers(a.length, extra + 1);
        const c = rtfCorrectC(a, b, L);
        const B = a.map((_, i) => (i === 0 ? 1 : 0));
        const K = rtfKernel(a, b, L);
        expect(worst(K, ssmKernel({ A: rtfCompanion(a), B, C: c }, L))).toBeLessThan(1e-11);
        const u = numbers(L, 9);
        expect(worst(rtfRecurrence(a, c, u), causalConvolve(K, u))).toBeLessThan(1e-11);
      }),
      { numRuns: 50 },
    ));
  test("solving without the transpose, as the reference code does, gives another kernel", () => {
    const a = [-0.5, 0.2, -0.3];
    const b = [1, -2, 0.5];
    const right = rtfCorrectC(a, b, 8);
    const A8 = [1, 2, 3].reduce((P) => multiply(P, P), rtfCompanion(a));
    const back = multiply(subtract(identity(3), A8), matrix(3, 1, right)).data;
    expect(worst(back, b)).toBeGreaterThan(0.01);
  });
  test("the delayed convention shifts the kernel; its first entry holds h0 and the wrap-around", () => {
    const a = [0.6];
    const b = [1.5];
    const [delayed, plain] = [rtfKernelDelayed(a, b, 0.25, 7), rtfKernel(a, b, 7)];
    expect(worst(delayed.subarray(1), plain.subarray(0, 6))).toBeLessThan(1e-14);
    expect(delayed[0]).toBeCloseTo(0.25 + plain[6], 14);
  });
  test("a root on a root of unity is reported; an unstable one still has a finite kernel", () => {
    expect(() => rtfKernel([-1], [1], 6)).toThrow(/root of unity number 0/);
    expect(rtfKernel([-1.5], [1], 6).every(Number.isFinite)).toBe(true);
    expect(() => rtfKernel([0.1, 0.1], [1, 1], 2)).toThrow(/at least 3/);
  });
  test("zero coefficients are a shift register", () => {
    const { a, b } = rtfInit(3, "zero", mulberry32(1));
    expect(worst(rtfRecurrence(a, [1, 2, 3], [1, 0, 0, 0]), [1, 2, 3, 0])).toBe(0);
    expect(worst(b, [0, 0, 0])).toBe(0);
    expect(schurCohn(rtfInit(6, "montel", mulberry32(2)).a).stable).toBe(true);
  });
  test("Schur-Cohn decides stability exactly as the roots do", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1500, max: 1500 }), { minLength: 1, maxLength: 7 }), (thousandths) => {
        const a = thousandths.map((x) => x / 1000);
        const { stable, maxRoot, montel } = schurCohn(a);
        if (Math.abs(maxRoot - 1) > 1e-3) expect(stable).toBe(maxRoot < 1);
        if (montel) expect(stable).toBe(true);
      }),
    ));
  test("the exact test accepts what Montel's region misses", () => {
    expect(schurCohn([-1.9, 0.95])).toMatchObject({ stable: true, montel: false });
    expect(schurCohn([])).toMatchObject({ stable: true, maxRoot: 0 });
  });
  test.each([3, 20])("a state space of %i states has the transfer function of its impulse response", (n) => {
    const x = numbers(n * n + 2 * n, n);
    const system = {
      A: matrix(
        n,
        n,
        x.slice(0, n * n).map((v) => v / Math.sqrt(n)),
      ),
      B: x.slice(n * n, n * n + n),
      C: x.slice(n * n + n),
    };
    const { a, b } = ssmToRtf(system);
    const h = ssmKernel(system, 2 * n);
    // b(z) = a(z)·h(z): past degree n the convolution vanishes.
    for (let k = 0; k < 2 * n; k++) {
      let sum = h[k];
      for (let j = 1; j <= Math.min(k, n); j++) sum += a[j - 1] * h[k - j];
      expect(sum).toBeCloseTo(k < n ? b[k] : 0, 8);
    }
    const roots = eigenvalues(rtfCompanion(a));
    expect(Math.max(...roots.re.map((re, i) => modulus(re, roots.im[i])))).toBeCloseTo(
      Math.max(...eigenvalues(system.A).re.map((re, i) => modulus(re, eigenvalues(system.A).im[i]))),
      6,
    );
  });
});

describe("scans", () => {
  const maps = fc.array(fc.record({ a: fc.double({ min: -1, max: 1, noNaN: true }), b: fc.double({ min: -1, max: 1, noNaN: true }) }), {
    maxLength: 40,
  });
  test("sequential, Hillis-Steele and Blelloch agree on any length", () =>
    fc.assert(
      fc.property(maps, fc.double({ min: -2, max: 2, noNaN: true }), (items, x0) => {
        const [a, b] = [items.map((f) => f.a), items.map((f) => f.b)];
        const wanted = linearScan(a, b, x0);
        for (const method of ["hillis-steele", "blelloch"] as const) expect(worst(linearScan(a, b, x0, method), wanted)).toBeLessThan(1e-12);
      }),
    ));
  test("composition is associative, not commutative, and has a neutral element", () => {
    const [p, q, r] = [
      { a: 2, b: 1 },
      { a: -1, b: 3 },
      { a: 0.5, b: 4 },
    ];
    expect(affine.combine(affine.combine(p, q), r)).toEqual(affine.combine(p, affine.combine(q, r)));
    expect(affine.combine(p, q)).not.toEqual(affine.combine(q, p));
    expect(affine.combine(affine.identity, p)).toEqual(p);
  });
  test("Hillis-Steele takes ⌈log₂ L⌉ rounds, Blelloch twice that and linear work", () => {
    const items = Array.from({ length: 13 }, () => affine.identity);
    expect(scan(items, affine, "hillis-steele").rounds).toBe(4);
    expect(scan(items, affine, "blelloch").rounds).toBe(8);
    expect(scan(items, affine, "blelloch").work).toBeLessThan(4 * 16);
    expect([0, 1, 2, 3, 1024].map(hillisSteeleRounds)).toEqual([0, 0, 1, 2, 10]);
  });
});

describe("gated recurrences", () => {
  test("LRU poles lie on the ring, γ keeps the variance", () =>
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (u1, u2) => {
        const { lambda, gamma } = lruInit([u1], [u2], 0.5, 0.9);
        const r2 = lambda.re[0] ** 2 + lambda.im[0] ** 2;
        expect(r2).toBeCloseTo(u1 * (0.81 - 0.25) + 0.25, 12);
        expect(gamma[0] ** 2).toBeCloseTo(1 - r2, 12);
      }),
    ));
  test("an LRU is its kernel's convolution; radii above one are refused", () => {
    const p = lruInit([0.3, 0.8], [0.2, 0.7]);
    const [B, C] = [
      { re: Float64Array.of(1, -1), im: Float64Array.of(0.5, 0) },
      { re: Float64Array.of(0.2, 1), im: Float64Array.of(-1, 0) },
    ];
    const impulse = lru(p, B, C, 0, [1, 0, 0, 0, 0, 0]);
    const u = numbers(6, 3);
    expect(worst(lru(p, B, C, 0, u), causalConvolve(impulse, u))).toBeLessThan(1e-13);
    expect(() => lruInit([0.5], [0.5], 0, 1.2)).toThrow(/radii/);
  });
  const scanInput = (L: number, D: number, N: number) => ({
    u: matrix(L, D, numbers(L * D, 1)),
    deltaRaw: matrix(L, D, numbers(L * D, 2)),
    A: matrix(
      D,
      N,
      numbers(D * N, 3).map((x) => -1 - x),
    ),
    B: matrix(L, N, numbers(L * N, 4)),
    C: matrix(L, N, numbers(L * N, 5)),
    D: numbers(D, 6),
  });
  test("the selective scan is one affine scan for every channel and state", () => {
    const o = scanInput(17, 2, 3);
    const { y, state } = selectiveScan(o);
    for (let d = 0; d < 2; d++) {
      const out = new Float64Array(17);
      for (let n = 0; n < 3; n++) {
        const delta = Array.from({ length: 17 }, (_, t) => softplus(o.deltaRaw.data[t * 2 + d]));
        const h = linearScan(
          delta.map((x) => Math.exp(x * o.A.data[d * 3 + n])),
          delta.map((x, t) => x * o.B.data[t * 3 + n] * o.u.data[t * 2 + d]),
          0,
          "blelloch",
        );
        h.forEach((x, t) => {
          out[t] += o.C.data[t * 3 + n] * x;
        });
        expect(state.data[d * 3 + n]).toBeCloseTo(h[16], 12);
      }
      out.forEach((x, t) => {
        expect(y.data[t * 2 + d]).toBeCloseTo(x + o.D[d] * o.u.data[t * 2 + d], 12);
      });
    }
  });
  test("zoh and euler agree for small steps, a zero A integrates", () => {
    const o = { ...scanInput(5, 1, 1), softplus: false, deltaRaw: matrix(5, 1, new Float64Array(5).fill(1e-4)) };
    expect(worst(selectiveScan({ ...o, inputRule: "zoh" }).y.data, selectiveScan(o).y.data)).toBeLessThan(1e-7);
    const flat = { ...o, A: matrix(1, 1, [0]) };
    expect(worst(selectiveScan({ ...flat, inputRule: "zoh" }).y.data, selectiveScan(flat).y.data)).toBe(0);
  });
  test("softplus neither overflows nor underflows", () => {
    expect(softplus(1000)).toBe(1000);
    expect(softplus(-1000)).toBe(0);
    expect(softplus(-40)).toBeCloseTo(Math.exp(-40), 25);
  });
  test("shapes that do not fit are named", () => expect(() => selectiveScan({ ...scanInput(3, 2, 2), D: [1] })).toThrow(/D of 2/));
});

describe("long work", () => {
  test("reports rising progress and stops when asked", () => {
    const o = { A: s4dInit("lin", 64), B: s4dInit("real", 64), C: s4dInit("real", 64), dt: 1e-4 };
    const seen: number[] = [];
    finish(s4dKernelSteps(o, 2 ** 17), { progress: (x) => seen.push(x) });
    expect(seen.length).toBeGreaterThan(2);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(() => finish(s4dKernelSteps(o, 2 ** 17), { cancelled: () => true })).toThrow(/cancelled/);
  });
  test("a million tokens of a selective scan come in portions that equal the whole", () => {
    const L = 2 ** 20;
    const one = matrix(L, 1, new Float64Array(L).fill(1));
    const steps = selectiveScanSteps({ u: one, deltaRaw: one, A: matrix(1, 1, [-1]), B: one, C: one, D: [0], softplus: false });
    const y = finish(steps).y.data;
    // h = e^(-1)·h + 1 settles at 1/(1 - e^(-1)).
    expect(y[L - 1]).toBeCloseTo(1 / (1 - Math.exp(-1)), 12);
    expect(y.length).toBe(L);
  });
});
