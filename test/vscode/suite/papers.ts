// Paper IDs in documents: where they are links, what the hover offers, and where they are left alone.
import * as vscode from "vscode";
import { api, clean, equal, hoverText, match, open, until } from "./editor.js";
import { editCell, markdown, notebookOf, python } from "./notebook.js";

/** The links of ours in a document: what they cover, and where they lead. */
async function linksOf(language: string, content: string): Promise<[string, string][]> {
  return linksIn((await open(language, content)).document);
}

async function linksIn(document: vscode.TextDocument): Promise<[string, string][]> {
  const content = document.getText();
  await api();
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri, 100);
  return links
    .filter((link) => link.tooltip?.startsWith("Open "))
    .map((link) => [document.getText(link.range), String(link.target?.toString(true))] as [string, string])
    .sort((a, b) => content.indexOf(a[0]) - content.indexOf(b[0]));
}

const COOL = "https://papers.cool";

export const papers = () =>
  suite("papers", () => {
    teardown(clean);

    test("an ID in Markdown, LaTeX, plain text and a comment of code is a link to the preferred site", async () => {
      const link = (text: string, path: string): [string, string] => [text, `${COOL}/${path}`];
      equal(
        await linksOf("markdown", "RoPE (arXiv:2104.09864v5) and 2106.09685; ACL 2024.acl-long.1.\n"),
        [
          link("arXiv:2104.09864v5", "arxiv/2104.09864"),
          link("2106.09685", "arxiv/2106.09685"),
          link("2024.acl-long.1", "venue/2024.acl-long.1@ACL"),
        ],
        "Markdown",
      );
      equal(
        await linksOf("latex", "\\cite{x} % see arXiv:hep-th/9711200\n\\url{https://openreview.net/forum?id=LcF-EEt8cCC}\n"),
        [link("arXiv:hep-th/9711200", "arxiv/hep-th/9711200"), link("https://openreview.net/forum?id=LcF-EEt8cCC", "venue/LcF-EEt8cCC@OpenReview")],
        "LaTeX",
      );
      equal(await linksOf("plaintext", "参见2310.06825。\n"), [link("2310.06825", "arxiv/2310.06825")], "plain text");
      equal(
        await linksOf("python", "# arXiv:2310.06825\nx = 2310.06825\n"),
        [link("arXiv:2310.06825", "arxiv/2310.06825")],
        "a comment, and no number of the code",
      );
    });

    test("in BibTeX the eprint field, the DOI and the address are links", async () => {
      const entry =
        "@misc{b, title={T},\n  eprint={1409.0473},\n  archivePrefix={arXiv},\n  doi={10.18653/v1/P19-1001},\n  url={https://www.ijcai.org/proceedings/2020/1},\n}\n";
      equal(
        (await linksOf("bibtex", entry)).map(([text]) => text),
        ["1409.0473", "10.18653/v1/P19-1001", "https://www.ijcai.org/proceedings/2020/1"],
        "links",
      );
    });

    test("an ID twice in a document is a link twice, and changed text changes the links", async () => {
      const editor = await open("markdown", "2310.06825 and\n\n2310.06825 again\n");
      await api();
      const count = async () =>
        (await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", editor.document.uri, 100)).length;
      equal(await count(), 2, "links");
      await editor.edit((edit) => edit.delete(editor.document.lineAt(2).range));
      equal(await count(), 1, "links after the second line went");
    });

    test("numbers of data, prices and versions are no links", async () => {
      equal(await linksOf("csv", "a,2310.06825\n2310.06825,b\n"), [], "CSV");
      equal(await linksOf("json", '{ "x": 2310.06825 }\n'), [], "JSON");
      equal(await linksOf("markdown", "$2310.06825 for version 2310.06825.1, 1234.5678\n"), [], "Markdown");
    });

    test("the hover offers every destination the paper has, the preferred one first", async () => {
      const editor = await open("markdown", "as in arXiv:2104.09864v5.\n\nand P19-1001, https://aclanthology.org/P19-1001\n");
      const text = await hoverText(editor, new vscode.Position(0, 10));
      match(text, /\*\*arXiv:2104\.09864v5\*\*/, "the paper");
      match(
        text,
        /\[Cool Papers\]\(https:\/\/papers\.cool\/arxiv\/2104\.09864\) · \[arXiv\]\(https:\/\/arxiv\.org\/abs\/2104\.09864v5\)/,
        "first places",
      );
      for (const place of ["arXiv PDF", "alphaXiv", "Hugging Face Papers", "Semantic Scholar", "Google Scholar"])
        if (!text.includes(`[${place}](https://`)) throw new Error(`no ${place} in ${text}`);
      const acl = await hoverText(editor, new vscode.Position(2, 30));
      match(acl, /\[ACL Anthology\]\(https:\/\/aclanthology\.org\/P19-1001\/\)/, "its own page");
      if (acl.includes("[alphaXiv]")) throw new Error(`a place without the paper is offered: ${acl}`);
      if (/papers\.cool/.test(await hoverText(editor, new vscode.Position(0, 2)))) throw new Error("a hover beside the ID");
    });

    test("in a notebook the papers of a Markdown cell that is edited and of a code cell's comments are links with a hover", async () => {
      const notebook = await notebookOf([
        markdown("RoPE (arXiv:2104.09864v5), then 2106.09685."),
        python("# after arXiv:2310.06825\nx = 2310.06825\n"),
        markdown("Later: https://aclanthology.org/P19-1001"),
      ]);
      const [note, code, later] = notebook.getCells().map((cell) => cell.document);
      await editCell(0);
      equal(
        await until(
          () => linksIn(note),
          ({ length }) => length > 0,
          "links of the Markdown cell",
        ),
        [
          ["arXiv:2104.09864v5", `${COOL}/arxiv/2104.09864`],
          ["2106.09685", `${COOL}/arxiv/2106.09685`],
        ],
        "Markdown",
      );
      match(
        await hoverText({ document: note }, new vscode.Position(0, 10)),
        /\[Cool Papers\]\(https:\/\/papers\.cool\/arxiv\/2104\.09864\)/,
        "hover",
      );
      await editCell(1);
      equal(
        await until(
          () => linksIn(code),
          ({ length }) => length > 0,
          "links of the code cell",
        ),
        [["arXiv:2310.06825", `${COOL}/arxiv/2310.06825`]],
        "the comment alone",
      );
      match(await hoverText({ document: code }, new vscode.Position(0, 12)), /arxiv\/2310\.06825/, "hover over the comment");
      if (/papers\.cool/.test(await hoverText({ document: code }, new vscode.Position(1, 6)))) throw new Error("a hover over a number of the code");
      await editCell(2);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(later.uri, new vscode.Position(0, 0), "2405.00732 and ");
      await vscode.workspace.applyEdit(edit);
      equal(
        (
          await until(
            () => linksIn(later),
            ({ length }) => length > 1,
            "links after an edit",
          )
        ).map(([text]) => text),
        ["2405.00732", "https://aclanthology.org/P19-1001"],
        "after an edit",
      );
    });

    test("the setting's order is the hover's, and its first is the link's", async () => {
      const settings = vscode.workspace.getConfiguration("scholium");
      await settings.update("papers.destinations", ["alphaxiv", "arxiv-pdf"], vscode.ConfigurationTarget.Global);
      try {
        equal(await linksOf("markdown", "2310.06825 first\n"), [["2310.06825", "https://www.alphaxiv.org/abs/2310.06825"]], "link");
        const editor = await open("markdown", "2310.06825 later\n");
        const text = await hoverText(editor, new vscode.Position(0, 3));
        match(text, /\n\n\[alphaXiv\]\(.*?\) · \[arXiv PDF\]\(.*?\) · \[/, "order");
      } finally {
        await settings.update("papers.destinations", undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });
