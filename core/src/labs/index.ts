// The labs: one file each and one line below, in the order of the gallery.
import { attentionRnn } from "./attentionRnn.js";
import { batchSize } from "./batchSize.js";
import { diffusionSampling } from "./diffusionSampling.js";
import { hippo } from "./hippo.js";
import { both, type Lab, type LabTopic, type Text } from "./lab.js";
import { langevin } from "./langevin.js";
import { loraFamily } from "./loraFamily.js";
import { lowRank } from "./lowRank.js";
import { matrixSign } from "./matrixSign.js";
import { monarchLab } from "./monarch.js";
import { optimizerRace } from "./optimizerRace.js";
import { ropeBase } from "./ropeBase.js";
import { s4KernelLab } from "./s4Kernel.js";
import { selfPretraining } from "./selfPretraining.js";
import { skipTuning } from "./skipTuning.js";
import { sparsityAxiomsLab } from "./sparsityAxioms.js";
import { stickySignLab } from "./stickySignLab.js";
import { vqGradient } from "./vqGradient.js";

export * from "./lab.js";
export * from "./values.js";

export const labs: readonly Lab[] = [
  selfPretraining,
  skipTuning,
  vqGradient,
  optimizerRace,
  matrixSign,
  batchSize,
  stickySignLab,
  loraFamily,
  langevin,
  diffusionSampling,
  lowRank,
  monarchLab,
  sparsityAxiomsLab,
  ropeBase,
  hippo,
  s4KernelLab,
  attentionRnn,
];

export const findLab = (id: string): Lab | undefined => labs.find((l) => l.id === id);

export const topicTitles: Readonly<Record<LabTopic, Text>> = {
  training: both("Small trainings", "小型训练"),
  optimization: both("Optimization", "优化"),
  generation: both("Diffusion and flows", "扩散与流"),
  matrices: both("Matrices", "矩阵"),
  sequences: both("Sequences and positions", "序列与位置"),
};
