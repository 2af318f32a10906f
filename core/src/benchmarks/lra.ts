// Long Range Arena: its tasks and published results.

export interface LraTask {
  readonly name: string;
  readonly data: string;
  /** Length of the input sequence. */
  readonly length: number;
  readonly classes: number;
  readonly note?: string;
}

/** Source: arXiv 2011.04006 and google-research/long-range-arena. */
export const lraTasks: readonly LraTask[] = [
  { name: "ListOps", data: "synthetic expressions", length: 2048, classes: 10, note: "500 to 2000 tokens, padded; 96k/2k/2k examples" },
  { name: "Text", data: "IMDb, bytes", length: 4096, classes: 2, note: "the repository's base configuration says 1000" },
  { name: "Retrieval", data: "AAN paper pairs, bytes", length: 8000, classes: 2, note: "two texts of 4000" },
  { name: "Image", data: "CIFAR-10, grey pixels", length: 1024, classes: 10 },
  { name: "Pathfinder", data: "32×32 dashed curves", length: 1024, classes: 2, note: "contour 14, paddle length 2, seed distance 7" },
  { name: "PathX", data: "128×128 dashed curves", length: 16384, classes: 2 },
  { name: "PathX-256", data: "256×256 dashed curves", length: 65536, classes: 2 },
];

export const lraColumns = ["ListOps", "Text", "Retrieval", "Image", "Pathfinder", "PathX", "average"] as const;

export interface LraResult {
  readonly model: string;
  /** Accuracy in per cent in the order of {@link lraColumns}; null where training failed or no figure is given. */
  readonly accuracy: readonly (number | null)[];
  readonly source: string;
  /** False for a row that was not read in its source: show it as "unverified". */
  readonly confirmed: boolean;
  /** Rounded in the source. */
  readonly approximate?: true;
}

const readme = "google-research/long-range-arena, README";
const scratch = "Never Train from Scratch (arXiv 2310.02980)";
const confirmed = (model: string, accuracy: readonly (number | null)[], source: string): LraResult => ({ model, accuracy, source, confirmed: true });
const unverified = (model: string, ...accuracy: number[]): LraResult => ({ model, accuracy, source: scratch, confirmed: false });

export const lraResults: readonly LraResult[] = [
  confirmed("Transformer", [36.37, 64.27, 57.46, 42.44, 71.4, null, 54.39], readme),
  confirmed("BigBird", [36.05, 64.02, 59.29, 40.83, 74.87, null, 55.01], readme),
  confirmed("Performer", [18.01, 65.4, 53.82, 42.77, 77.05, null, 51.41], readme),
  confirmed("Linear Transformer", [16.13, 65.9, 53.09, 42.34, 75.3, null, 50.55], readme),
  confirmed("Reformer", [37.27, 56.1, 53.4, 38.07, 68.5, null, 50.67], readme),
  confirmed("Linformer", [35.7, 53.94, 52.27, 38.56, 76.34, null, 51.36], readme),
  { ...confirmed("S4", [59.5, 86.5, 91, 88.5, 94, 96, null], "state-spaces/s4, README"), approximate: true },
  confirmed("Rotary Transformer + self-pretraining, average", [null, null, null, null, null, null, 86.2], scratch),
  confirmed("S4, average", [null, null, null, null, null, null, 86.1], scratch),
  unverified("Transformer + masked self-pretraining", 59.75, 89.27, 88.64, 74.22, 88.45, 87.73, 81.34),
  unverified("Transformer + causal self-pretraining", 59.15, 88.81, 90.45, 76, 88.49, 88.05, 81.83),
  unverified("Rotary Transformer", 47.9, 79.08, 82.31, 75.04, 76.64, 84.72, 74.28),
  unverified("Rotary Transformer + self-pretraining", 61.49, 91.02, 91.57, 86.04, 94.16, 92.98, 86.21),
  unverified("S4", 59.6, 86.82, 90.9, 88.65, 94.2, 96.35, 86.09),
  unverified("S4 + self-pretraining", 61.25, 90.34, 88.74, 89.36, 94.92, 96.94, 86.93),
  unverified("MEGA", 63.14, 90.43, 91.25, 90.44, 96.01, 97.98, 88.21),
];
