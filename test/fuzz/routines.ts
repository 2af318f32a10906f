// Arguments nobody would give: every routine of the catalogue answers or says what does not fit, and no language-level error escapes.
import { callRoutine, catalogue, entries, type Kind } from "@scholium/core/catalogue";
import { MathError, mulberry32 } from "@scholium/core/linalg";

/** Sizes and counts stay this small here: time and memory are the worker's to bound. */
const NUMBERS = [0, 1, 2, 3, 5, -1, 0.5, 1.5, -2.25, 1e-300, 1e300, 1e-8, 7, 10, 40, "NaN", "Infinity", "-Infinity"];
const ODD = [
  null,
  "abc",
  "",
  [],
  {},
  true,
  [[1, 2], [3]],
  { rows: 2, cols: 2, data: [1] },
  { rows: -1, cols: 0, data: [] },
  { re: 1, im: 2 },
  Number.MAX_SAFE_INTEGER,
];

type Draw = <T>(list: readonly T[]) => T;

function matrixOf(pick: Draw, random: () => number): unknown {
  const rows = pick([0, 1, 1, 2, 2, 3, 4, 4, 6]);
  const columns = random() < 0.5 ? rows : pick([0, 1, 2, 3, 4, 8]);
  const style = pick(["small", "small", "zero", "equal", "wild", "complex", "integer"]);
  const entry = () => {
    switch (style) {
      case "zero":
        return 0;
      case "equal":
        return 1;
      case "wild":
        return pick(NUMBERS);
      case "complex":
        return { re: random() - 0.5, im: random() - 0.5 };
      case "integer":
        return Math.floor(random() * 7) - 3;
      default:
        return random() * 2 - 1;
    }
  };
  return { rows, cols: columns, data: Array.from({ length: rows * columns }, entry) };
}

/** A value of the kind, or now and then of another. */
function drawn(kind: Kind, pick: Draw, random: () => number, depth = 0): unknown {
  if (random() < 0.06) return pick(ODD);
  switch (kind.type) {
    case "matrix":
      return matrixOf(pick, random);
    case "vector":
      return Array.from({ length: pick([0, 1, 2, 2, 3, 4, 5]) }, () => (random() < 0.1 ? pick(NUMBERS) : random() * 4 - 2));
    case "indices":
      return Array.from({ length: pick([0, 1, 2, 3]) }, () => pick([0, 1, 2, 3, -1, 9]));
    case "integer":
      return random() < 0.15 ? pick(NUMBERS) : (kind.min ?? 0) + Math.floor(random() * 6);
    case "real":
      return random() < 0.2 ? pick(NUMBERS) : (kind.min ?? -1) + random() * ((kind.max ?? 2) - (kind.min ?? -1));
    case "boolean":
      return random() < 0.5;
    case "string":
      return pick(["", "a", "x^2", "constructor"]);
    case "option":
      return pick(kind.values);
    case "list":
      return Array.from({ length: pick([0, 1, 2, 3]) }, () => drawn(kind.of, pick, random, depth + 1));
    case "record":
      return Object.fromEntries(Object.entries(kind.fields).map(([k, of]) => [k, drawn(of, pick, random, depth + 1)]));
    case "json":
      return pick<unknown>([...ODD, ...NUMBERS, [1, 2, 3], { a: 1 }]);
  }
}

/** Calls every routine with random arguments for some seconds; answers how many calls were answered and refused, and throws with all that failed. */
export function run(seconds: number, seed: number): { answered: number; refused: number } {
  const random = mulberry32(seed);
  const pick: Draw = (list) => list[Math.floor(random() * list.length)] as (typeof list)[number];
  const end = Date.now() + seconds * 1000;
  const counts = { answered: 0, refused: 0 };
  const faults = new Map<string, string>();
  while (Date.now() < end)
    for (const entry of entries) {
      const input: Record<string, unknown> = {};
      for (const p of entry.params) if (p.default === undefined || random() < 0.5) input[p.name] = drawn(p.kind, pick, random);
      const call = `${entry.name} ${JSON.stringify(input).slice(0, 400)}`;
      const started = Date.now();
      try {
        callRoutine(catalogue, entry.name, input);
        counts.answered++;
      } catch (e) {
        if (e instanceof MathError) counts.refused++;
        else faults.set(`${entry.name}: ${e instanceof Error ? e.message : e}`, `${call}\n${(e as Error).stack?.split("\n").slice(1, 4).join("\n")}`);
      }
      if (Date.now() - started > 2000) faults.set(`${entry.name}: slow`, `${Date.now() - started} ms: ${call}`);
    }
  if (faults.size > 0) throw new Error([...faults].map(([what, call]) => `${what}\n    ${call}`).join("\n"));
  return counts;
}
