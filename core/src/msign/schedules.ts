// Named coefficient schedules (a, b, c) of x ← ax + bx³ + cx⁵; the last triple repeats.

export type Triple = readonly [a: number, b: number, c: number];

const over1024 = (...triples: Triple[]): readonly Triple[] => triples.map(([a, b, c]) => [a / 1024, b / 1024, c / 1024] as const);

export const schedules = {
  /** K. Jordan, Muon repository: fast growth near 0, lands in [0.68, 1.13]. */
  "keller-jordan": [[3.4445, -4.775, 2.0315]],
  /** The cubic Newton-Schulz iteration. */
  "classic-cubic": [[1.5, -0.5, 0]],
  /** The quintic one: third-order convergence. */
  "classic-quintic": [[15 / 8, -10 / 8, 3 / 8]],
  /** Su, kexue.fm 10922: one triple, least squares on uniform singular values. */
  "su-uniform": [[3.3748, -4.6969, 2.1433]],
  /** You Jiacheng's six steps. */
  "you-jiacheng-6": over1024(
    [3955, -8306, 5008],
    [3735, -6681, 3463],
    [3799, -6499, 3211],
    [4019, -6385, 2906],
    [2677, -3029, 1162],
    [2172, -1833, 682],
  ),
  /** Su, kexue.fm 10922: five different steps; it diverges when continued. */
  "su-x3": [
    [4.6182, -12.9582, 9.3299],
    [3.8496, -7.9585, 4.3052],
    [3.5204, -7.2918, 4.0606],
    [3.2067, -6.8243, 4.2802],
    [3.2978, -5.7848, 3.8917],
  ],
  /** Amsel et al. 2025 (Polar Express), l = 10⁻³, cushion 0.02407327424182761. */
  "polar-express": [
    [8.28721201814563, -23.5958865190988, 17.3003873125309],
    [4.1070591115422, -2.94784991673791, 0.54484310829266],
    [3.94869085348229, -2.90890211596295, 0.551819139437014],
    [3.3184196573706, -2.48848802431487, 0.51004894012372],
    [2.30065201995482, -1.66890398457475, 0.418807311952567],
    [1.8913014077874, -1.26799582719459, 0.376804089485248],
    [1.8750014808, -1.2500016454, 0.3750001645],
    [15 / 8, -5 / 4, 3 / 8],
  ],
} as const satisfies Record<string, readonly Triple[]>;

export type ScheduleName = keyof typeof schedules;

/** The triple of step k (from 0). */
export const tripleAt = (schedule: readonly Triple[], k: number): Triple => schedule[Math.min(k, schedule.length - 1)] as Triple;

/** What a schedule does to one singular value after each step: the whole theory of Newton-Schulz, as U and V never change. O(steps) a value. */
export function scalarPath(x: number, schedule: readonly Triple[], steps: number): number[] {
  const path = [x];
  for (let k = 0; k < steps; k++) {
    const [a, b, c] = tripleAt(schedule, k);
    const v = path[k] as number;
    const v2 = v * v;
    path.push(v * (a + v2 * (b + c * v2)));
  }
  return path;
}

/** The final values of several singular values. */
export const scalarMap = (xs: ArrayLike<number>, schedule: readonly Triple[], steps: number): Float64Array =>
  Float64Array.from(xs, (x) => scalarPath(x, schedule, steps)[steps] as number);
