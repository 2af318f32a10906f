// Two runs side by side on the noisy-copy task: labels alone, and masked prediction of the same sequences before a few labels.

import { type NoisyCopyResult, type NoisyCopyStep, noisyCopyAttention, trainNoisyCopy } from "../benchmarks/index.js";
import { type Figure, formatNumber, type Series } from "../figure/index.js";
import type { Matrix } from "../linalg/index.js";
import { arxiv, both, english, kexue, type Lab, type LabView, numberOf, type Say, seedInput, type Values } from "./lab.js";
import { trainAlongside } from "./trainAlongside.js";

const SAMPLES = 20;
/** Losses are averaged over so many steps before they are drawn. */
const WINDOW = 20;

interface Run {
  readonly name: string;
  readonly generator: Generator<NoisyCopyStep, NoisyCopyResult>;
  readonly loss: { x: number[]; y: number[]; sum: number; count: number };
  readonly accuracy: { x: number[]; y: number[] };
  phase?: NoisyCopyStep["phase"];
  last?: NoisyCopyStep;
  end?: NoisyCopyResult;
}

function options(values: Values, pretrained: boolean) {
  const steps = numberOf(values, "steps");
  return {
    seed: numberOf(values, "seed"),
    steps,
    pretrainSteps: pretrained ? Math.round(steps * numberOf(values, "share")) : 0,
    maskRatio: numberOf(values, "mask"),
    trainCount: numberOf(values, "labels"),
    evaluateEvery: Math.max(1, Math.floor(steps / SAMPLES)),
  };
}

const start = (name: string, values: Values, pretrained: boolean): Run => ({
  name,
  generator: trainNoisyCopy(options(values, pretrained)),
  loss: { x: [], y: [], sum: 0, count: 0 },
  accuracy: { x: [], y: [] },
});

function advance(run: Run): void {
  if (run.end) return;
  const next = run.generator.next();
  if (next.done) {
    run.end = next.value;
    return;
  }
  const step = next.value;
  if (!Number.isFinite(step.loss)) return;
  run.last = step;
  // The loss of masked prediction and that of the labels are two different things: a gap stands between them.
  if (run.phase !== undefined && run.phase !== step.phase) {
    run.loss.sum = run.loss.count = 0;
    run.loss.x.push(step.step);
    run.loss.y.push(Number.NaN);
  }
  run.phase = step.phase;
  run.loss.sum += step.loss;
  if (++run.loss.count === WINDOW) {
    run.loss.x.push(step.step + 1);
    run.loss.y.push(run.loss.sum / WINDOW);
    run.loss.sum = run.loss.count = 0;
  }
  if (step.testAccuracy !== undefined) {
    run.accuracy.x.push(step.step + 1);
    run.accuracy.y.push(step.testAccuracy);
  }
}

const series = (runs: readonly Run[], of: "loss" | "accuracy"): Series[] =>
  runs.map((r) => ({ name: r.name, x: Float64Array.from(r[of].x), y: Float64Array.from(r[of].y) }));

function figures(runs: readonly Run[], steps: number, attention: Matrix | null, say: Say): Figure[] {
  const x = { title: say(both("training step", "训练步")), domain: [0, steps] as const };
  return [
    {
      kind: "line",
      title: say(both("Test accuracy", "测试准确率")),
      x,
      y: { title: say(both("share of 400 sequences", "占 400 个序列的比例")), domain: [0.4, 1.0001] },
      series: series(runs, "accuracy"),
    },
    {
      kind: "line",
      title: say(both("Training loss", "训练损失")),
      x,
      y: { title: say(both("cross entropy (nats)", "交叉熵（奈特）")), domain: [0, 2.2] },
      series: series(runs, "loss"),
    },
    ...(attention
      ? [
          {
            kind: "heatmap" as const,
            title: say(both("Attention of the pretrained encoder", "预训练编码器的注意力")),
            matrix: attention,
            scale: "sequential" as const,
            rowTitle: say(both("from position", "自位置")),
            columnTitle: say(both("to position", "至位置")),
          },
        ]
      : []),
  ];
}

function view(runs: readonly Run[], steps: number, say: Say): LabView {
  const [scratch, pretrained] = runs as [Run, Run];
  const parameters = pretrained.last?.parameters;
  const accuracy = (r: Run) => r.end?.testAccuracy ?? r.accuracy.y[r.accuracy.y.length - 1];
  const shown = (v: number | undefined) => (v === undefined ? "–" : formatNumber(v, 3));
  return {
    figures: figures(runs, steps, parameters ? noisyCopyAttention(parameters, 0, { count: 16 }) : null, say),
    facts: [
      { label: both("Test accuracy, labels only", "测试准确率（仅用标签）"), value: shown(accuracy(scratch)) },
      { label: both("Test accuracy, pretrained first", "测试准确率（先自预训练）"), value: shown(accuracy(pretrained)) },
    ],
  };
}

const runsOf = (values: Values, say: Say): Run[] => [
  start(say(both("labels only", "仅用标签")), values, false),
  start(say(both("pretrained first", "先自预训练")), values, true),
];

export const selfPretraining: Lab = {
  id: "self-pretraining",
  topic: "training",
  title: both("Self-pretraining on a noisy copy", "在带噪复制任务上的自预训练"),
  claim: both(
    "The same data and the same number of steps give .97 instead of .80 when part of the steps predict masked tokens first.",
    "同样的数据、同样的步数，只要先用一部分步数预测被遮住的词元，准确率就从约 .80 升到约 .97。",
  ),
  story: both(
    "Sixteen tokens: is the second half a noisy copy of the first? One label a sequence hardly tells a small Transformer that position i belongs to i + 8, so it learns the training set by heart. Predicting masked tokens of the very same sequences, without labels, teaches that alignment at every token. Press Play: both runs have the same budget of steps; the second spends the share you choose on masked prediction before it sees a label. Watch a stripe appear in the attention map eight places off the diagonal, and the accuracy jump once labels come. Fewer sequences or a smaller share change the outcome.",
    "十六个词元：后一半是不是前一半的带噪复制？每个序列只有一个标签，几乎无法告诉小型 Transformer 位置 i 与 i + 8 相对应，于是它只会背下训练集。而在同样的序列上不用标签地预测被遮住的词元，每个词元都在教这种对齐。按“播放”：两次训练的总步数相同，第二次把所选比例的步数先用于遮蔽预测。请看注意力图中偏离对角线八格处出现的条纹，以及标签到来后准确率的跃升。减少序列数或比例，结果就会改变。",
  ),
  inputs: [
    { kind: "range", name: "steps", label: both("Steps in all", "总步数"), min: 200, max: 2000, step: 50, value: 1100 },
    { kind: "range", name: "share", label: both("Share of pretraining", "预训练比例"), min: 0.1, max: 0.9, step: 0.01, value: 0.73 },
    { kind: "range", name: "mask", label: both("Masked tokens", "遮蔽比例"), min: 0.05, max: 0.6, step: 0.05, value: 0.3 },
    { kind: "range", name: "labels", label: both("Training sequences", "训练序列数"), min: 64, max: 4096, step: 1, value: 1024, scale: "log" },
    seedInput,
  ],
  presets: [
    { label: both("Few sequences", "少量序列"), values: { labels: 128 } },
    { label: both("Hardly any pretraining", "几乎不预训练"), values: { share: 0.1 } },
  ],
  view: (values, say = english) => view(runsOf(values, say), numberOf(values, "steps"), say),
  train(values, say = english) {
    const steps = numberOf(values, "steps");
    return trainAlongside(runsOf(values, say), steps, advance, (runs) => view(runs, steps, say));
  },
  doesNotShow: both(
    "Six thousand weights and a made-up task: it shows why self-pretraining can help, not the results on Long Range Arena. On a task whose labels reach every token there is little to gain.",
    "六千个权重和一个人造任务：它说明自预训练为何可能有用，而不是 Long Range Arena 上的结果。若标签本来就触及每个词元，则收益很小。",
  ),
  sources: [arxiv("2310.02980", "Amos, Berant, Gupta: Never Train from Scratch"), kexue(9787, "Su: on self-pretraining and long-range benchmarks")],
};
