import { coolPapersUrls, destinationOf, destinations, openAt, openSomewhere, type PaperRef, plan, toBibtex, toMarkdown } from "@scholium/core/papers";
import { describe, expect, it } from "vitest";

const arxiv = (id: string, version?: number): PaperRef => ({ source: "arxiv", id, ...(version && { version }) });

describe("a click", () => {
  it("on words over a paper's page searches for the words", () => {
    expect(plan({ selectionText: "low rank", pageUrl: "https://arxiv.org/abs/2401.12345" })).toMatchObject({ kind: "search", query: "low rank" });
  });

  it("with nothing readable plans nothing and never throws", () => {
    for (const click of [{}, { linkUrl: "" }, { pageUrl: "about:blank" }, { selectionText: " ", linkUrl: "x" }])
      expect(plan(click)).toEqual({ kind: "none" });
  });
});

describe("tabs of papers.cool", () => {
  it("hold 50 papers each, in order of first mention, old IDs alone", () => {
    const many = Array.from({ length: 120 }, (_, i) => arxiv(`2401.${String(10000 + i)}`));
    const urls = coolPapersUrls([arxiv("hep-th/9901001"), ...many, { source: "openreview", id: "a-b_C" }, many[0]]);
    expect(urls.map((u) => u.split("/")[3])).toEqual(["arxiv", "arxiv", "arxiv", "arxiv", "venue"]);
    expect(urls.map((u) => u.split(",").length)).toEqual([1, 50, 50, 20, 1]);
  });

  it("percent-encode what an ID should not hold", () => {
    expect(coolPapersUrls([{ source: "cvf", id: "CVPR2025/A_(B)_C'é" }])).toEqual(["https://papers.cool/venue/A_%28B%29_C%27%C3%A9@CVPR2025@CVF"]);
  });
});

describe("destinations", () => {
  it("build https addresses on a fixed host for every paper they have", () => {
    const refs: PaperRef[] = [
      arxiv("2401.12345", 2),
      arxiv("hep-th/9901001"),
      { source: "acl", id: "P19-1001" },
      { source: "neurips", id: "7181", title: "Attention" },
    ];
    for (const place of destinations)
      for (const ref of refs.filter(place.has)) for (const url of place.urls([ref])) expect(url).toMatch(/^https:\/\/[a-z.]+\/\S+$/);
  });

  it("leave what they do not have to Cool Papers, and then to the paper's own page", () => {
    const refs: PaperRef[] = [arxiv("2401.12345"), { source: "acl", id: "P19-1001" }, { source: "jmlr", id: "v12/pedregosa11a" }];
    expect(openAt(refs, destinationOf("alphaxiv")).left).toHaveLength(2);
    expect(openSomewhere(refs, destinationOf("alphaxiv"))).toEqual([
      "https://www.alphaxiv.org/abs/2401.12345",
      "https://papers.cool/venue/P19-1001@ACL",
      "https://www.jmlr.org/papers/v12/pedregosa11a.html",
    ]);
  });
});

describe("copies", () => {
  it("escape a title for Markdown and for TeX", () => {
    expect(toMarkdown(arxiv("2401.12345"), "A [b] *c*")).toBe("[A \\[b\\] \\*c\\*](https://arxiv.org/abs/2401.12345)");
    const entry = toBibtex(arxiv("2401.12345"), { title: "A {b} & 50%", authors: ["Doe, Ada", "Roe, Ben"] });
    expect(entry).toContain("title         = {A b \\& 50\\%}");
    expect(entry).toContain("author        = {Doe, Ada and Roe, Ben}");
    expect(entry).toContain("year          = {2024}");
  });

  it("take the page's own entry when there is one", () => {
    expect(toBibtex(arxiv("2401.12345"), { bibtex: " @misc{x} " })).toBe("@misc{x}");
  });
});
