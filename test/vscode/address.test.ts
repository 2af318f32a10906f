// Addresses of the extension: what they ask for, however they were encoded on their way.
import { describe, expect, test } from "vitest";
import { addressOf } from "../../extension/src/address.js";

describe("an address of the extension", () => {
  test("names a lab and its values", () => {
    expect(addressOf("/lab/rope-base", "d=64&base=500")).toEqual({ kind: "lab", link: "rope-base?d=64&base=500" });
    expect(addressOf("/lab/hippo", "")).toEqual({ kind: "lab", link: "hippo" });
  });
  test("carries a text with its own signs, in a language that is known", () => {
    const text = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1} % 5";
    expect(addressOf("/evaluate", `language=latex&text=${text}`)).toEqual({ kind: "evaluate", text, language: "latex" });
    expect(addressOf("/evaluate", "language=shellscript&text=1")).toEqual({ kind: "evaluate", text: "1", language: "markdown" });
  });
  test("is read after a second encoding", () => {
    expect(addressOf("/evaluate", encodeURIComponent("language=python&text=a = [1, 2]"))).toEqual({
      kind: "evaluate",
      text: "a = [1, 2]",
      language: "python",
    });
    expect(addressOf("/evaluate", `text=${encodeURIComponent("1&2")}`)).toEqual({ kind: "evaluate", text: "1&2", language: "markdown" });
  });
  test("loses control characters and marks of direction on its way into a note", () => {
    expect(addressOf("/evaluate", "text=1\u202e+\u00001\n2\t3")).toMatchObject({ text: "1+1\n2\t3" });
  });
  test("names a paper, whose ID may have slashes", () => {
    expect(addressOf("/paper/10.1609/aaai.v35i1.16090", "")).toEqual({ kind: "paper", name: "10.1609/aaai.v35i1.16090" });
  });
  test.each([["/"], ["/paper/"], ["/labs"], ["/evaluate"], ["/evaluate/x"], ["/run"]])("%s is none", (path) =>
    expect(addressOf(path, "command=workbench.action.quit")).toEqual({ kind: "unknown" }),
  );
});
