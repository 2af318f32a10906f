// Particles that roll and are shaken, the density they follow, and the Gibbs density both end in.

import { formatNumber } from "../figure/index.js";
import { gaussian, mulberry32 } from "../linalg/index.js";
import { fokkerPlanck1d, freeEnergy, gibbsDensity, type Potential } from "../optim/index.js";
import { both, choiceOf, english, kexue, type Lab, numberOf, seedInput } from "./lab.js";

const CELLS = 161;
const EDGE = 4;
const BINS = 40;
/** A thousand take at most 1000 steps: 35 ms. */
const PARTICLES = 1000;
const FRAMES = 40;

const potentials: Readonly<Record<string, { readonly label: readonly [string, string] } & Potential>> = {
  wells: { label: ["two wells", "双阱"], value: (x) => (x * x - 2) ** 2 / 4 + 0.25 * x, gradient: (x) => x * (x * x - 2) + 0.25 },
  bowl: { label: ["a bowl", "抛物线"], value: (x) => (x * x) / 2, gradient: (x) => x },
  ripples: {
    label: ["ripples in a bowl", "带波纹的碗"],
    value: (x) => (x * x) / 4 + Math.cos(4 * x) / 2,
    gradient: (x) => x / 2 - 2 * Math.sin(4 * x),
  },
};

export const langevin: Lab = {
  id: "langevin",
  topic: "generation",
  title: both("Langevin, Fokker-Planck, Gibbs", "Langevin、Fokker-Planck 与 Gibbs"),
  claim: both(
    "Noisy gradient descent does not find the minimum: its density falls in free energy until it is e^(−V/D).",
    "带噪声的梯度下降并不去找最小值：其密度的自由能不断下降，直到成为 e^(−V/D)。",
  ),
  story: both(
    "Each particle takes steps −η∇V plus noise of temperature D. One particle wanders; the density of many obeys the Fokker-Planck equation, which is the steepest descent of the free energy ∫ρV + D∫ρ ln ρ in Wasserstein distance. It ends at the Gibbs density and stays. The curve is that equation, solved without ever losing mass; the steps are a histogram of a thousand particles at the same time. Cool down and watch the particles get stuck in a well the density leaves only slowly; take a larger η and the histogram becomes wider than the curve: the bias of unadjusted Langevin.",
    "每个粒子走 −η∇V 的步并带有温度为 D 的噪声。单个粒子游荡；大量粒子的密度服从 Fokker-Planck 方程，它是自由能 ∫ρV + D∫ρ ln ρ 在 Wasserstein 距离下的最速下降，终点是 Gibbs 密度。曲线是该方程的解，质量分毫不失；阶梯是同一时刻一千个粒子的直方图。降温，看粒子困在密度只能慢慢离开的阱里；加大 η，直方图比曲线更宽：这就是未校正 Langevin 的偏差。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "potential",
      label: both("Potential V", "势 V"),
      value: "wells",
      options: Object.entries(potentials).map(([value, { label }]) => ({ value, label: both(...label) })),
    },
    { kind: "range", name: "D", label: both("Temperature D", "温度 D"), min: 0.02, max: 2, step: 0.001, value: 0.3, scale: "log" },
    { kind: "range", name: "t", label: both("Time", "时间"), min: 0.1, max: 20, step: 0.1, value: 2 },
    { kind: "range", name: "eta", label: both("Step η of the particles", "粒子步长 η"), min: 0.02, max: 0.4, step: 0.001, value: 0.05, scale: "log" },
    { kind: "range", name: "start", label: both("Start", "起点"), min: -3, max: 3, step: 0.1, value: 1.8 },
    seedInput,
  ],
  presets: [
    { label: both("Cold", "低温"), values: { D: 0.05, t: 20 } },
    { label: both("Large steps", "大步长"), values: { potential: "bowl", eta: 0.4, t: 20, D: 0.5 } },
  ],
  view(values, say = english) {
    const V = potentials[choiceOf(values, "potential")] as Potential;
    const [D, t, eta, start] = ["D", "t", "eta", "start"].map((n) => numberOf(values, n)) as [number, number, number, number];
    const dx = (2 * EDGE) / (CELLS - 1);
    const x = Float64Array.from({ length: CELLS }, (_, i) => -EDGE + i * dx);
    const potential = x.map((v) => V.value(v));
    const bump = x.map((v) => Math.exp(-((v - start) ** 2) / 0.02));
    const mass = bump.reduce((s, v) => s + v, 0) * dx;
    const rho0 = bump.map((v) => v / mass);
    const frames = Array.from({ length: FRAMES }, (_, k) => 5 * (k + 1));
    const flow = fokkerPlanck1d(potential, dx, D, rho0, t / (5 * FRAMES), 5 * FRAMES, frames);
    const z = gaussian(mulberry32(numberOf(values, "seed")));
    const particles = Float64Array.from({ length: PARTICLES }, () => start + 0.1 * z());
    const shake = Math.sqrt(2 * eta * D);
    for (let k = 0; k < Math.round(t / eta); k++)
      for (let i = 0; i < PARTICLES; i++) {
        const v = particles[i] as number;
        particles[i] = v - eta * V.gradient(v) + shake * z();
      }
    const counts = new Float64Array(BINS);
    const width = (2 * EDGE) / BINS;
    for (const v of particles) {
      const bin = Math.floor((v + EDGE) / width);
      if (bin >= 0 && bin < BINS) counts[bin]++;
    }
    const outline = { x: new Float64Array(2 * BINS), y: new Float64Array(2 * BINS) };
    counts.forEach((c, k) => {
      outline.x.set([-EDGE + k * width, -EDGE + (k + 1) * width], 2 * k);
      outline.y.set([c / (PARTICLES * width), c / (PARTICLES * width)], 2 * k);
    });
    const gibbs = gibbsDensity(potential, D, dx);
    const floor = freeEnergy(gibbs, potential, D, dx);
    const density = flow.rho[flow.rho.length - 1] as Float64Array;
    const variance = (w: Float64Array) => {
      const mean = w.reduce((s, v, i) => s + v * (x[i] as number), 0) * dx;
      return w.reduce((s, v, i) => s + v * ((x[i] as number) - mean) ** 2, 0) * dx;
    };
    const centre = particles.reduce((s, v) => s + v, 0) / PARTICLES;
    const spread = particles.reduce((s, v) => s + (v - centre) ** 2, 0) / PARTICLES;
    return {
      figures: [
        {
          kind: "line",
          title: say(both(`Density at time ${formatNumber(t, 3)}`, `时刻 ${formatNumber(t, 3)} 的密度`)),
          x: { title: "x", domain: [-EDGE, EDGE] },
          y: { title: say(both("density", "密度")), domain: [0, Math.min(4, 1.15 * Math.max(...gibbs, ...density))] },
          series: [
            { name: "Fokker-Planck", x, y: density },
            { name: say(both("particles", "粒子")), x: outline.x, y: outline.y },
            { name: "Gibbs", x: x.slice(), y: gibbs, dashed: true },
          ],
        },
        {
          kind: "line",
          title: say(both("Free energy above that of Gibbs", "超出 Gibbs 的自由能")),
          x: { title: say(both("time", "时间")), domain: [0, t] },
          y: { title: "F(ρ) − F(Gibbs)", scale: "log" },
          series: [
            {
              name: say(both("free energy", "自由能")),
              x: Float64Array.from([0, ...frames], (k) => (k * t) / (5 * FRAMES)),
              y: Float64Array.from(flow.freeEnergy, (v) => (v - floor > 1e-14 ? v - floor : Number.NaN)),
            },
          ],
        },
      ],
      facts: [
        { label: both("Variance of the density", "密度的方差"), value: formatNumber(variance(density), 3) },
        { label: both("Variance of the particles", "粒子的方差"), value: formatNumber(spread, 3) },
        { label: both("Variance of Gibbs", "Gibbs 的方差"), value: formatNumber(variance(gibbs), 3) },
      ],
    };
  },
  doesNotShow: both(
    "How long mixing takes in many dimensions: between wells it grows exponentially as D falls, and here one sees only a line.",
    "高维中混合需要多久：D 下降时阱间的时间指数增长，而这里只有一条线。",
  ),
  sources: [
    kexue(9660, "Su: gradient flow to Wasserstein flow"),
    { title: "Jordan, Kinderlehrer, Otto 1998", url: "https://doi.org/10.1137/S0036141096303359" },
  ],
};
