// What goes wrong around an extension: a background killed half-way, storage that is full, tabs that close, rights taken back, an update under an
// open page, pages that are not as expected.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { noTab, tabs, until } from "./harness.mjs";

const COOL = "https://papers.cool";

/** How often the background is killed; a kill takes seconds. */
const KILLS = Number(process.env.KILLS ?? 8);

export async function runHardening(driver, check) {
  const { browser, page, screen } = driver;
  const chromium = driver.name === "chromium";
  const own = await driver.open("options.html");
  await page.bringToFront();
  const inExtension = (fn, ...args) => own.evaluate(fn, ...args);
  const placed = () => page.$$eval("a[data-scholium]", (all) => all.map((a) => a.getAttribute("href")));
  /** Asks the background to open papers, as the button of a list does. */
  const ask = (...ids) =>
    inExtension((all) => {
      void chrome.runtime.sendMessage({ type: "open", ids: all.map((id) => ({ source: "arxiv", id })) }).catch(() => {});
    }, ids);
  const errors = [];
  page.on("pageerror", (e) => errors.push(e.message));

  await check("a background killed between click and tab opens the tab once or not at all", async () => {
    const before = new Set(browser.targets());
    for (let i = 0; i < KILLS; i++) {
      await ask(`2402.${10_000 + i}`);
      // Times from before the worker has begun to after the tab is there.
      await sleep((i * 37) % 83);
      await driver.sleepBackground();
    }
    await sleep(1500);
    const fresh = browser.targets().filter((t) => t.type() === "page" && !before.has(t) && t.url().startsWith(COOL));
    const urls = fresh.map((t) => t.url());
    for (const target of fresh) await (await target.page())?.close().catch(() => {});
    assert.equal(new Set(urls).size, urls.length, `opened twice: ${urls.join(" ")}`);
    assert.deepEqual(await tabs(driver, () => ask("2402.99999")), [`${COOL}/arxiv/2402.99999`]);
  });

  await check("full storage is worked around, and what was chosen holds", async () => {
    const filled = await inExtension(async (both) => {
      await chrome.storage.sync.clear();
      const fill = async (area, sizes) => {
        let i = 0;
        for (const size of sizes)
          for (; ; i++)
            try {
              await chrome.storage[area].set({ [`fill${i}`]: "x".repeat(size) });
            } catch {
              break;
            }
        return i;
      };
      return [await fill("sync", [8000, 400, 20]), both ? await fill("local", [1_000_000, 10_000, 400, 20]) : 1];
    }, chromium);
    assert.ok(filled.every((n) => n > 0));
    try {
      const options = await driver.open("options.html");
      await options.select("#destination", "alphaxiv");
      const said = chromium ? "Not stored" : "Saved in this browser only";
      await options.waitForFunction((text) => document.querySelector("#status").textContent.startsWith(text), {}, said);
      await options.close();
      await page.bringToFront();
      await driver.sleepBackground();
      assert.deepEqual(await tabs(driver, () => ask("2402.00003")), ["https://www.alphaxiv.org/abs/2402.00003"]);
    } finally {
      await inExtension(() => Promise.all(["sync", "local", "session"].map((area) => chrome.storage[area].clear())));
    }
    assert.deepEqual(await tabs(driver, () => ask("2402.00004")), [`${COOL}/arxiv/2402.00004`]);
  });

  await check("papers open though the tab they were asked from is gone", async () => {
    const asking = await driver.open("options.html");
    const urls = await tabs(driver, async () => {
      await asking.evaluate(() => {
        void chrome.runtime.sendMessage({ type: "open", ids: [{ source: "arxiv", id: "2402.00005" }] });
      });
      await asking.close();
    });
    assert.deepEqual(urls, [`${COOL}/arxiv/2402.00005`]);
    const gone = await inExtension(async (url) => {
      const tab = await chrome.tabs.create({ url: "about:blank", active: false });
      await chrome.tabs.remove(tab.id);
      await chrome.storage.session.set({ pending: { urls: [url], tabId: tab.id } });
    }, `${COOL}/arxiv/2402.00006`);
    assert.equal(gone ?? null, null);
    const late = await tabs(driver, () => inExtension(() => void chrome.runtime.sendMessage({ type: "answer", open: true })));
    assert.deepEqual(late, [`${COOL}/arxiv/2402.00006`]);
  });

  await check("papers open though the tab they were asked from has gone elsewhere or was discarded", async () => {
    const asking = await driver.open("options.html");
    const urls = await tabs(driver, async () => {
      await asking.evaluate(() => {
        void chrome.runtime.sendMessage({ type: "open", ids: [{ source: "arxiv", id: "2402.00007" }] });
        location.href = "about:blank";
      });
    });
    assert.deepEqual(urls, [`${COOL}/arxiv/2402.00007`]);
    await asking.close().catch(() => {});
    const discarded = await inExtension(async (url) => {
      const tab = await chrome.tabs.create({ url: "about:blank", active: false });
      await chrome.tabs.discard(tab.id);
      await chrome.storage.session.set({ pending: { urls: [url], tabId: tab.id } });
      return tab.id;
    }, `${COOL}/arxiv/2402.00008`);
    const late = await tabs(driver, () => inExtension(() => void chrome.runtime.sendMessage({ type: "answer", open: true })));
    assert.deepEqual(late, [`${COOL}/arxiv/2402.00008`]);
    await inExtension((id) => chrome.tabs.remove(id).catch(() => {}), discarded);
  });

  await check("a page whose structure changed gets no links, and the shortcut still works", async () => {
    await page.goto("https://arxiv.org/abs/2404.07777");
    await sleep(400);
    assert.deepEqual(await placed(), []);
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/2404.07777`]);
    await page.goto("https://arxiv.org/list/cs.LG/changed");
    await sleep(400);
    assert.deepEqual(await placed(), []);
    assert.deepEqual(errors, []);
  });

  await check("a further site gets links after the user's consent, and none after it was taken back", async () => {
    const site = "https://huggingface.co/papers";
    const links = [`${COOL}/arxiv/2405.00001`];
    await page.goto(site);
    await sleep(400);
    assert.deepEqual(await placed(), []);
    await own.bringToFront();
    const box = await own.$('[name="site.huggingface.co"]');
    await box.scrollIntoView();
    await driver.allow(() => box.click());
    await until("the right", () => inExtension(() => chrome.permissions.contains({ origins: ["https://huggingface.co/*"] })));
    await page.bringToFront();
    await until("links", async () => {
      await page.goto(site);
      await sleep(200);
      return (await placed()).join() === links.join();
    });
    const more = (html) => page.evaluate((text) => document.body.insertAdjacentHTML("beforeend", text), html);
    const paper = (n, words) => `<a href="https://arxiv.org/abs/2405.0000${n}">${words}</a>`;
    await more(`<p>${paper(2, "a late one")} and ${paper(4, "another beside it")}</p>`);
    await until("the late links", async () => (await placed()).length === 3);
    await more("<p>no paper</p>");
    await sleep(600);
    assert.deepEqual(
      await placed(),
      [1, 2, 4].map((n) => `${COOL}/arxiv/2405.0000${n}`),
    );
    await inExtension(() => chrome.permissions.remove({ origins: ["https://huggingface.co/*"] }));
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p><a href="https://arxiv.org/abs/2405.00003">one more</a>'));
    await sleep(400);
    await until("no links", async () => {
      await page.goto(site);
      await sleep(200);
      return (await placed()).length === 0;
    });
    assert.deepEqual(errors, []);
  });

  await check("pages where scripts may not run are no error", async () => {
    const places = chromium ? ["about:blank", "chrome://version/", "view-source:https://arxiv.org/abs/2401.12345v2"] : ["about:blank"];
    for (const place of places) {
      await page.goto(place).catch(() => {});
      await screen.still();
      await noTab(driver, () => screen.key("alt+c"), 500);
      const popup = await driver.popup();
      assert.equal(await popup.look(() => document.querySelector("#empty .title").textContent), "No papers found on this page");
      await popup.close();
    }
  });

  await check("an extension that was updated or is gone leaves plain links on the open page, and nothing complains", async () => {
    await page.goto("https://openreview.net/group?id=ICLR.cc/2024/Conference");
    await until("the links", async () => (await placed()).length === 3);
    await page.evaluate(() => {
      document.querySelector("button[data-scholium]").old = true;
    });
    await inExtension(() => chrome.runtime.reload()).catch(() => {});
    await sleep(1500);
    await page.bringToFront();
    if (!chromium) {
      // Firefox runs the content script anew on pages that are open.
      await until("another button", () => page.evaluate(() => [...document.querySelectorAll("button[data-scholium]")].some((b) => !b.old)), 15_000);
      const ids = ["rnJxelIZrq", "H1-oTz-Cb", "_VjQlMeSB_J"].map((id) => `${id}@OpenReview`);
      assert.deepEqual(await tabs(driver, () => page.click("button[data-scholium]")), [`${COOL}/venue/${ids.join(",")}`]);
    }
    const count = (await placed()).length;
    await page.click("#next");
    await sleep(600);
    assert.ok((await placed()).length <= count);
    // The page may have redrawn itself without our button.
    const button = await page.$("button[data-scholium]");
    if (button) await button.evaluate((b) => b.click());
    await sleep(300);
    assert.deepEqual(errors, []);
    const links = await placed();
    if (links.length) assert.deepEqual(await tabs(driver, () => page.click("a[data-scholium]")), [links[0]]);
  });
  await own.close().catch(() => {});
  page.removeAllListeners("pageerror");
}
