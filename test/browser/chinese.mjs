// The extension in Chinese: nothing is left in English, and nothing is cut. Pictures of it are kept beside those of failures, to be looked at.
import assert from "node:assert/strict";
import { results, until } from "./harness.mjs";

/** Runs in a page of the extension: texts without a Chinese character, and elements whose text does not fit. */
function faults() {
  const names =
    /^(?:[A-Z]?arXiv(?: PDF| HTML)?|Cool Papers|alphaXiv|Hugging Face Papers|Semantic Scholar|OpenReview|ACL Anthology|Google Scholar|Markdown|BibTeX|[\w+]+|[\w.]+\.\w+|arXiv:[\w./]+|Alt.*)$/;
  const shown = [...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length > 0);
  const words = (e) => [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim());
  const spoken = (e) => [e.title, e.placeholder, e.getAttribute("aria-label")];
  const foreign = shown
    .filter((e) => !e.matches("script, style, .paper .title"))
    .flatMap((e) => [...words(e), ...spoken(e)])
    .filter((text) => text && /[A-Za-z]/.test(text) && !/\p{Script=Han}/u.test(text) && !names.test(text));
  const cut = shown
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !e.matches("svg *, select, option"))
    .map((e) => e.outerHTML.slice(0, 120));
  return { foreign, cut, lang: document.documentElement.lang.slice(0, 2) };
}

export async function runChinese(driver, check) {
  const { page, screen } = driver;
  const keep = async (what) => {
    await screen.still();
    screen.save(`${results}/${driver.name}-zh-${what}.png`);
  };
  const nothing = { foreign: [], cut: [], lang: "zh" };
  await check("in Chinese the options are translated and fit", async () => {
    const options = await driver.open("options.html");
    assert.deepEqual(await options.evaluate(faults), nothing);
    await keep("options-light");
    await options.select("#theme", "dark");
    await options.evaluate(() => scrollTo(0, 600));
    await keep("options-dark");
    await options.close();
    await page.bringToFront();
  });
  await check("in Chinese the popup is translated and fits, with papers and without", async () => {
    await page.goto("https://arxiv.org/list/cs.LG/new");
    await screen.still();
    const popup = await driver.popup();
    assert.deepEqual(await popup.look(faults), nothing);
    await keep("popup-dark");
    await popup.close();
    await page.goto("https://blog.example/none");
    await screen.still();
    const empty = await driver.popup();
    assert.deepEqual(await empty.look(faults), nothing);
    await keep("empty-dark");
    await empty.close();
  });
  await check("in Chinese placed links, their button and the menu say so", async () => {
    await page.goto("https://arxiv.org/list/cs.LG/new");
    await until("the button", () => page.$("button[data-scholium]"));
    assert.equal(await page.$eval("button[data-scholium]", (e) => e.textContent), "打开全部 4 篇论文");
    assert.equal(await page.$eval("a[data-scholium]", (e) => e.title), "在 Cool Papers 中打开（由 Scholium 添加的链接）");
    const options = await driver.open("options.html");
    await options.select("#theme", "light");
    await options.close();
    await page.bringToFront();
    const popup = await driver.popup();
    await keep("popup-light");
    await popup.close();
    await page.goto("https://arxiv.org/abs/2401.12345v2");
    await screen.still();
    await driver.menu(await driver.at(400, 620), [0]);
    await keep("menu");
    await screen.key("Escape", "Escape");
  });
}
