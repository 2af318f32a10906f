// Which base a rotary embedding needs for a context: the sum of cosines must not fall below zero before its end.

import { formatNumber } from "../figure/index.js";
import { publishedBaseBounds, ropeBaseLowerBound, ropeDecayCurve } from "../rope/index.js";
import { arxiv, both, english, kexue, type Lab, numberOf } from "./lab.js";

const SHOWN = 2048;
const LONGEST = 16384;
/** Bounds that are found while a slider moves; 1024 alone would take as long as all of these. */
const CONTEXTS = [64, 128, 256, 512];

export const ropeBase: Lab = {
  id: "rope-base",
  topic: "sequences",
  title: both("How large must RoPE's base be?", "RoPE 的底数要多大？"),
  claim: both(
    "For a context of L tokens the base has a lower bound: below it, distant tokens score less than unrelated ones would.",
    "对长度为 L 的上下文，底数有下界：低于它，远处词元的得分反而低于无关词元。",
  ),
  story: both(
    "RoPE turns pairs of coordinates by angles mθᵢ with θᵢ = b^(−2i/d). A similar token at distance m gains over a random one by the sum of cos(mθᵢ); once that sum is negative, attention prefers strangers. So the sum must stay at or above zero for all m below L: this asks for a base that grows with L, faster than linearly. Move the base and see where the curve first dips below zero; that place is the longest usable context. The points are least bases found here with a certificate, the dashed line is what the paper prints for d = 128.",
    "RoPE 把坐标对旋转角度 mθᵢ，其中 θᵢ = b^(−2i/d)。距离为 m 的相似词元相对随机词元的优势是 cos(mθᵢ) 之和；一旦该和为负，注意力就偏向无关词元。因此对所有小于 L 的 m，该和都应不小于零：这要求底数随 L 比线性更快地增长。移动底数，看曲线首次降到零以下的位置，那就是可用的最长上下文。图中的点是此处带证明求出的最小底数，虚线是论文在 d = 128 时给出的数值。",
  ),
  inputs: [
    { kind: "range", name: "d", label: both("Head dimension d", "头维度 d"), min: 16, max: 192, step: 2, value: 128 },
    { kind: "range", name: "base", label: both("Base b", "底数 b"), min: 100, max: 1e7, step: 0.1, value: 10000, scale: "log" },
    { kind: "range", name: "L", label: both("Context L", "上下文 L"), min: 64, max: LONGEST, step: 1, value: 2048, scale: "log", unit: "tokens" },
  ],
  presets: [
    { label: both("Llama 2", "Llama 2"), values: { d: 128, base: 10000, L: 4096 } },
    { label: both("Llama 3", "Llama 3"), values: { d: 128, base: 500000, L: 8192 } },
    { label: both("Too small", "太小"), values: { d: 128, base: 500, L: 4096 } },
  ],
  view(values, say = english) {
    const [d, base, L] = [numberOf(values, "d"), numberOf(values, "base"), numberOf(values, "L")];
    const curve = ropeDecayCurve(d, base, L);
    let first = 0;
    while (first < L && (curve[first] as number) >= 0) first++;
    const step = Math.max(1, Math.ceil(L / SHOWN));
    // Of each stretch the least value, so that no dip is lost.
    const places = Array.from({ length: Math.ceil(L / step) }, (_, k) => {
      let at = k * step;
      for (let m = at; m < Math.min(L, (k + 1) * step); m++) if ((curve[m] as number) < (curve[at] as number)) at = m;
      return at;
    });
    // The bound of a shorter context is where the search for a longer one may begin.
    const bounds: (number | null)[] = [];
    let from = 1;
    for (const c of CONTEXTS) {
      const b = ropeBaseLowerBound(c, d, { from });
      bounds.push(b);
      from = b ?? from;
    }
    const paper = d === 128 ? (publishedBaseBounds[0] as (typeof publishedBaseBounds)[number]).values : {};
    const printed = Object.entries(paper)
      .map(([c, b]) => [Number(c), b] as const)
      .filter(([c]) => c <= 4 * LONGEST);
    return {
      figures: [
        {
          kind: "line",
          title: say(
            both(`Gain of a similar token, d = ${d}, b = ${formatNumber(base, 4)}`, `相似词元的优势，d = ${d}，b = ${formatNumber(base, 4)}`),
          ),
          x: { title: say(both("distance m (tokens)", "距离 m（词元）")), domain: [0, L] },
          y: { title: say(both("sum of cos(mθᵢ)", "cos(mθᵢ) 之和")) },
          series: [{ name: say(both("sum", "和")), x: Float64Array.from(places), y: Float64Array.from(places, (m) => curve[m] as number) }],
          ...(first < L ? { mark: { x: first, name: say(both(`first below zero: ${first}`, `首次低于零：${first}`)) } } : {}),
        },
        {
          kind: "line",
          title: say(both("Least base for a context", "各上下文的最小底数")),
          x: { title: say(both("context L (tokens)", "上下文 L（词元）")), scale: "log" },
          y: { title: say(both("least base b", "最小底数 b")), scale: "log" },
          series: [
            { name: `d = ${d}`, x: Float64Array.from(CONTEXTS), y: Float64Array.from(bounds, (b) => b ?? Number.NaN) },
            ...(printed.length
              ? [
                  {
                    name: say(both("paper, d = 128", "论文，d = 128")),
                    x: Float64Array.from(printed, ([c]) => c),
                    y: Float64Array.from(printed, ([, b]) => b),
                    dashed: true,
                  },
                ]
              : []),
          ],
          ...(L >= (CONTEXTS[0] as number) ? { mark: { x: L, name: `L = ${L}` } } : {}),
        },
      ],
      facts: [
        { label: both("First distance below zero", "首次为负的距离"), value: first < L ? String(first) : `> ${L - 1}` },
        { label: both("The base serves the whole context", "底数足以覆盖整个上下文"), value: first >= L ? "✓" : "✗" },
      ],
    };
  },
  doesNotShow: both(
    "A necessary condition on the embedding alone: whether a trained model uses a context depends on its data and training as well.",
    "这只是位置编码本身的必要条件：训练好的模型能否用好上下文，还取决于数据与训练。",
  ),
  sources: [arxiv("2405.14591", "Men et al.: Base of RoPE Bounds Context Length"), kexue(10122, "Su: on the choice of RoPE's base")],
};
