import { detectInUrl, originalUrl, sources } from "@scholium/core/papers";
import { describe, expect, it } from "vitest";

const ids = (url: string) => detectInUrl(url, { now: "2026-11" }).map((p) => `${p.source}:${p.id}${p.version ? `v${p.version}` : ""}`);

describe("papers in addresses", () => {
  it.each([
    ["https://arxiv.org/src/2401.12345v1/anc/data.csv", "arxiv:2401.12345v1"],
    ["https://arxiv.org/abs/arXiv:2401.12345", "arxiv:2401.12345"],
    ["https://arxiv.org/pdf/2401.12345V2.PDF", "arxiv:2401.12345v2"],
    ["https://arxiv-org.ezproxy.lib.example.edu/abs/2401.12345", "arxiv:2401.12345"],
    ["https://web.archive.org/web/2024/http://openreview.net/forum?id=H1-oTz-Cb", "openreview:H1-oTz-Cb"],
    ["https://l.example/l.php?u=https%253A%252F%252Farxiv.org%252Fabs%252F2401.12345", "arxiv:2401.12345"],
    ["https://ui.adsabs.harvard.edu/abs/2009arXiv0902.1234S", "arxiv:0902.1234"],
    ["https://scholar.google.co.uk/scholar_lookup?arxiv_id=2401.12345", "arxiv:2401.12345"],
    ["https://sci.example/10.18653/v1/P19-1001", "acl:P19-1001"],
    ["https://www.aclweb.org/anthology/P/P18/P18-1031.pdf", "acl:P18-1031"],
    ["https://raw.githubusercontent.com/mlresearch/v235/main/assets/foo24a/foo24a.pdf", "pmlr:v235/foo24a"],
    ["moz-extension://abc-def/web/viewer.html?file=https%3A%2F%2Farxiv.org%2Fpdf%2F2401.12345", "arxiv:2401.12345"],
  ])("are found in %s", (url, expected) => expect(ids(url)).toEqual([expected]));

  it.each([
    "https://arxiv.org@example.com/abs/2401.00001",
    "https://arxiv.org.example.invalid/abs/2401.00001",
    "https://notarxiv.org/abs/2401.00001",
    "https://xn--arxv-2za.org/abs/2401.00001",
    "https:\\\\arxiv.org\\@example.com/abs/2401.00001",
    "file:///arxiv.org/abs/2401.00001",
    "chrome-extension://abc/arxiv.org/abs/2401.00001",
    "blob:https://arxiv.org/2401.00001",
    "https://arxiv.org/abs/2413.00001",
    "https://arxiv.org/abs/2701.00001",
    "javascript:location='https://arxiv.org/abs/2401.12345'",
    `https://arxiv.org/abs/2401.12345?${"x".repeat(9000)}`,
  ])("are not found in %s", (url) => expect(ids(url)).toEqual([]));

  it("follow at most three redirections", () => {
    const wrap = (url: string, n: number): string => (n === 0 ? url : wrap(`https://r.example/?u=${encodeURIComponent(url)}`, n - 1));
    expect(ids(wrap("https://arxiv.org/abs/2401.12345", 3))).toEqual(["arxiv:2401.12345"]);
    expect(ids(wrap("https://arxiv.org/abs/2401.12345", 4))).toEqual([]);
  });

  it("are found again on their own pages and PDFs", () => {
    const some = [
      "https://arxiv.org/abs/hep-th/9901001v2",
      "https://openreview.net/forum?id=_VjQlMeSB_J",
      "https://aclanthology.org/2024.acl-long.1/",
      "https://www.ijcai.org/proceedings/2020/2",
      "https://proceedings.mlr.press/v139/sun21c.html",
      "https://openaccess.thecvf.com/content_CVPR_2019/html/Karras_A_Style_CVPR_2019_paper.html",
      "https://openaccess.thecvf.com/content/ICCV2025/html/Lu_monoVLN_ICCV_2025_paper.html",
      "https://ojs.aaai.org/index.php/AAAI/article/view/36984",
      "https://www.usenix.org/conference/osdi22/presentation/yu",
      "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
      "https://www.isca-archive.org/interspeech_2024/wang24_interspeech.html",
      "https://www.jmlr.org/papers/v12/pedregosa11a.html",
    ];
    for (const url of some) {
      const [ref] = detectInUrl(url);
      expect(originalUrl(ref)).toBe(url);
      expect(detectInUrl(originalUrl(ref, "pdf"))).toEqual([ref]);
    }
    expect(new Set(some.map((url) => detectInUrl(url)[0].source)).size).toBe(sources.length);
  });
});
