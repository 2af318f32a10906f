// Seeded random numbers: the only randomness in the house, always passed in.

/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/** Mulberry32 (T. Ettinger, 2017, public domain): 32 bits of state, the same stream on every machine. */
export function mulberry32(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers from uniform ones, in pairs (Box and Muller 1958): r cos 2πv, then r sin 2πv with r = √(−2 ln(1−u)). */
export function gaussian(random: Random): Random {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const z = spare;
      spare = undefined;
      return z;
    }
    const r = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = r * Math.sin(angle);
    return r * Math.cos(angle);
  };
}
