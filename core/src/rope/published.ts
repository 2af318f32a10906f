// Figures printed in the sources, to stand beside what is computed here.

/** A row of a published table: what was measured, and where it is printed. */
export interface PublishedRow {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
  readonly source: string;
}

const K = 1024;
const lengths = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const byLength = (values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(values.map((v, i) => [String(lengths[i] * K), v]));

/** Least bases for d = 128 by context length. */
export const publishedBaseBounds: readonly PublishedRow[] = [
  {
    name: "paper",
    values: byLength([4.3e3, 1.6e4, 2.7e4, 8.4e4, 3.1e5, 6.4e5, 2.1e6, 7.8e6, 3.6e7, 6.4e7, 5.1e8]),
    source: "arXiv 2405.14591, as quoted in kexue.fm 10122",
  },
  { name: "brute force", values: byLength([4.3e3, 1.2e4, 2.7e4, 8.4e4, 2.3e5, 6.3e5, 2.1e6, 4.9e6, 2.4e7, 5.8e7, 6.5e7]), source: "kexue.fm 10122" },
];

const lossAt = (values: readonly number[]) => Object.fromEntries(values.map((v, i) => [String(4096 * 2 ** i), v]));

/** Loss of llama2-13b by context length. */
export const publishedReropeLoss: readonly PublishedRow[] = [
  { name: "RoPE", values: lossAt([1.4967, 8.8615]), source: "bojone/rerope, README" },
  { name: "NTK", values: lossAt([1.6081, 1.5417, 1.5163]), source: "bojone/rerope, README" },
  { name: "ReRoPE w=1024", values: lossAt([1.4996, 1.4267, 1.4001]), source: "bojone/rerope, README" },
];

const accuracy = (repeated: number, nonRepeated: number) => ({ repeated, "non-repeated": nonRepeated });
const extrapolation = (name: string, repeated: number, nonRepeated: number, source: string): PublishedRow => ({
  name,
  values: accuracy(repeated, nonRepeated),
  source,
});

/** Accuracy in per cent of a 100M GAU trained at 512 and tested at 4096. */
export const publishedExtrapolation: readonly PublishedRow[] = [
  extrapolation("baseline", 24.17, 23.16, "kexue.fm 9706"),
  extrapolation("PI", 15.04, 13.54, "kexue.fm 9706"),
  extrapolation("NTK-old", 51.28, 39.27, "kexue.fm 9706"),
  extrapolation("NTK-fixed", 51.86, 39.61, "kexue.fm 9706"),
  extrapolation("NTK-mixed", 53.09, 40.12, "kexue.fm 9706"),
  extrapolation("ReRoPE-w256", 77.9, 48.48, "kexue.fm 9708"),
  extrapolation("ReRoPE-w256-logn", 85.12, 49.07, "kexue.fm 9708"),
  extrapolation("InvLeaky-w128-logn", 82.25, 48.32, "kexue.fm 9728"),
  extrapolation("HWFA", 80.84, 48.15, "kexue.fm 9603"),
  extrapolation("HWFA2 w64-f2", 84.43, 49.36, "kexue.fm 9731"),
];
