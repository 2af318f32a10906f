import { detectInText, searchQuery } from "@scholium/core/papers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const ids = (text: string) => detectInText(text, { now: "2026-11" }).map((p) => `${p.id}${p.version ? `v${p.version}` : ""}`);

describe("papers in texts", () => {
  it.each([
    ["joined by a viewer with a blank", "https://aclanthology.org/2024.acl- long.50/ is", ["2024.acl-long.50"]],
    ["broken after the equals sign", "https://openreview.net/forum?id=\npiecKJ2DlB", ["piecKJ2DlB"]],
    [
      "one a line, each ending in a slash",
      "https://aclanthology.org/2023.acl-long.1/\nhttps://aclanthology.org/2023.acl-long.2/",
      ["2023.acl-long.1", "2023.acl-long.2"],
    ],
    ["followed by a sentence on the next line", "https://arxiv.org/pdf/2401.12345.\nWe show", ["2401.12345"]],
    ["joined by commas", "https://arxiv.org/abs/2401.12345,https://arxiv.org/abs/2401.12346", ["2401.12345", "2401.12346"]],
    ["with LaTeX escapes", "\\url{https://openreview.net/forum?id=\\_VjQlMeSB\\_J}", ["_VjQlMeSB_J"]],
    ["with digits broken over lines", "arXiv:2401.12\n345 and arXiv:hep-th/99010\n01", ["2401.12345", "hep-th/9901001"]],
    ["of four digits before a heading on the next line", "arXiv:1409.0473\n2 Introduction", ["1409.0473"]],
    ["in mathematical digits", "𝟐𝟒𝟎𝟏.𝟏𝟐𝟑𝟒𝟓", ["2401.12345"]],
    ["as tokens of papers.cool", "123@2024@IJCAI sun21c@v139@PMLR 36984@AAAI", ["2024/123", "v139/sun21c", "36984"]],
    ["of a forum before the first word of a new line", "https://openreview.net/forum?id=B1QRgziT-\nNext", ["B1QRgziT-"]],
    ["repeated with another version", "2401.12345v1 and 2401.12345v2", ["2401.12345v1"]],
  ])("are found %s", (_, text, expected) => expect(ids(text)).toEqual(expected));

  it.each([
    "USD 2401.12345",
    "2401.12345 eV",
    "2401.12345元",
    "labs/2401.12345",
    "value 1409.0473",
    "room P19-1001",
    "https://example.com/?v=2401.12345",
  ])("are not found in %s", (text) => expect(ids(text)).toEqual([]));

  it("stand where the text has them, invisible and wide characters included", () => {
    const text = "见 arXiv：２４０８．０３３１４ and ar\u00adXiv:2407.\u200b21783 x";
    expect(detectInText(text).map((p) => text.slice(p.start, p.end))).toEqual(["arXiv：２４０８．０３３１４", "ar\u00adXiv:2407.\u200b21783"]);
  });

  it("are given in order, apart, inside the text, at most 200, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "arXiv:2401.12345",
        "2402.00001v3",
        "https://arxiv.org/abs/",
        "\n",
        "hep-th/9901001",
        "10.18653/v1/P19-1001",
        "@OpenReview",
        "\u200b",
        "．",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const found = detectInText(text);
        let last = 0;
        for (const p of found) {
          expect(p.start).toBeGreaterThanOrEqual(last);
          expect(p.end).toBeGreaterThan(p.start);
          last = p.start;
        }
        expect(last).toBeLessThanOrEqual(text.length);
        expect(new Set(found.map((p) => `${p.source}:${p.id}`)).size).toBe(found.length);
      }),
    );
    expect(ids(Array.from({ length: 500 }, (_, i) => `2401.${String(i + 10000)}`).join(" "))).toHaveLength(200);
  });
});

describe("the search query", () => {
  it("keeps 32 words within 256 characters", () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`);
    expect(searchQuery(words.join(" "))!.split(" ")).toHaveLength(32);
    expect(searchQuery("longword ".repeat(100))!.length).toBeLessThanOrEqual(256);
    expect(searchQuery("x".repeat(1000))).toHaveLength(256);
  });

  it("keeps hanging hyphens apart and broken words together", () => {
    expect(searchQuery("pre- and post-training of trans- formers")).toBe("pre and post training of transformers");
  });

  it("is nothing for marks and single letters", () => {
    for (const text of ["!!", "a b c", "", "\u200b"]) expect(searchQuery(text)).toBeNull();
  });
});
