// The checks, written once for both browsers: what a user does, and what must come of it.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { noTab, tabs, until } from "./harness.mjs";
import { manifest } from "./manifest.mjs";

const COOL = "https://papers.cool";
const BLOG = "https://blog.example/post";

export async function runChecks(driver, site, check) {
  const { page, screen } = driver;

  const box = async (selector) => (await page.waitForSelector(selector, { timeout: 5000 })).boundingBox();
  const middle = async (selector) => {
    const r = await box(selector);
    return driver.at(r.x + Math.min(r.width / 2, 120), r.y + r.height / 2);
  };
  /** Selects an element's words by dragging over them. */
  const select = async (selector, text) => {
    const r = await box(selector);
    const y = r.y + r.height / 2;
    await screen.drag(await driver.at(r.x + 1, y), await driver.at(r.x + r.width - 1, y));
    await page.waitForFunction((s) => String(getSelection()).trim() === s, { timeout: 5000 }, text);
  };
  const go = async (url) => {
    await page.goto(url);
    await screen.still();
  };
  /** Chooses rows of the extension's menu and answers what opened. */
  const choose = async (point, rows, count = 1) => {
    const act = await driver.menu(point, rows);
    return tabs(driver, act, count);
  };
  /** Runs a function in one of the extension's own pages; it stays open behind the page. */
  let own = null;
  const inExtension = async (fn, ...args) => {
    if (!own) {
      own = await driver.open("options.html");
      await page.bringToFront();
    }
    return own.evaluate(fn, ...args);
  };
  /** Presses Enter in the address bar and waits for the page's new address. */
  const arrives = async (url) => {
    await screen.key("Return");
    await until(`the address ${url}`, () => page.url() === url, 8000);
  };
  const setSettings = (changes) =>
    inExtension(async (values) => {
      const { settings = {} } = await chrome.storage.sync.get("settings");
      await chrome.storage.sync.set({ settings: { ...settings, ...values } });
    }, changes);
  const badge = () =>
    inExtension(async () => {
      const [tab] = (await chrome.tabs.query({})).filter((t) => t.active && t.url !== location.href);
      return chrome.action.getBadgeText({ tabId: tab.id });
    });

  // --- the package
  await check("asks for the least permissions", async () => {
    const m = manifest(driver.name);
    assert.deepEqual([...m.permissions].sort(), ["activeTab", "contextMenus", "scripting", "storage"]);
    assert.deepEqual(m.host_permissions, []);
    assert.equal(m.optional_permissions, undefined);
    assert.ok(m.optional_host_permissions.every((p) => /^https:\/\/[\w.]+\/\*$/.test(p)));
    assert.equal(m.web_accessible_resources, undefined);
    assert.equal(m.externally_connectable, undefined);
    assert.ok(
      m.content_scripts.every((c) => c.matches.every((p) => /^https:\/\/(?:\*\.)?(?:arxiv\.org|openreview\.net|aclanthology\.org)\/\*$/.test(p))),
    );
  });
  await check("is granted both shortcuts", async () => {
    const commands = await inExtension(() => chrome.commands.getAll());
    assert.deepEqual(Object.fromEntries(commands.map((c) => [c.name, c.shortcut])), { _execute_action: "Alt+Shift+L", "open-paper": "Alt+C" });
  });

  // --- menus
  await go(BLOG);
  await check("menu on a link opens the linked paper", async () => {
    assert.deepEqual(await choose(await middle("#link"), [0]), [`${COOL}/arxiv/2402.00001`]);
  });
  await check("menu on a link opens it with another site", async () => {
    assert.deepEqual(await choose(await middle("#link"), [1, 3]), ["https://www.alphaxiv.org/abs/2402.00001v3"]);
  });
  await check("menu is not shown on links to other things", async () => {
    assert.equal(await driver.hasEntry(await middle("#other a")), false);
  });
  await check("menu on a selection of two IDs opens one tab with both", async () => {
    await select("#two", "2401.12345, 2402.00002");
    assert.deepEqual(await choose(await middle("#two"), [0]), [`${COOL}/arxiv/2401.12345,2402.00002`]);
  });
  await check("menu on selected words searches for them", async () => {
    await select("#words", "attention");
    assert.deepEqual(await choose(await middle("#words"), [0]), [`${COOL}/arxiv/search?highlight=1&query=attention`]);
  });
  await check("a new tab opens beside the current one, and belongs to it", async () => {
    await select("#words", "attention");
    const before = await inExtension(() => chrome.tabs.query({ currentWindow: true }));
    const act = await driver.menu(await middle("#words"), [0]);
    await act();
    const after = await until("the tab", async () => {
      const all = await inExtension(() => chrome.tabs.query({ currentWindow: true }));
      return all.length > before.length && all;
    });
    const fresh = after.find((t) => !before.some((b) => b.id === t.id));
    const home = before.find((t) => t.id === fresh.openerTabId);
    assert.ok(home, "the new tab has an opener");
    assert.equal(fresh.index, home.index + 1);
    assert.equal(fresh.active, true);
    await inExtension((id) => chrome.tabs.remove(id), fresh.id);
    await page.bringToFront();
  });
  await check("menu on a frame with a paper opens that paper", async () => {
    const r = await box("#frame");
    assert.deepEqual(await choose(await driver.at(r.x + 400, r.y + 70), [0]), [`${COOL}/venue/LcF-EEt8cCC@OpenReview`]);
  });
  await check("menu on a paper's page opens the paper", async () => {
    await go("https://arxiv.org/abs/2401.12345v2");
    assert.deepEqual(await choose(await driver.at(400, 620), [0]), [`${COOL}/arxiv/2401.12345`]);
  });
  await check("menu on a page of papers.cool leads back to the original", async () => {
    await go(`${COOL}/arxiv/2401.12345`);
    assert.deepEqual(await choose(await driver.at(300, 300), [0]), ["https://arxiv.org/abs/2401.12345"]);
    assert.deepEqual(await choose(await driver.at(300, 300), [1]), ["https://arxiv.org/pdf/2401.12345"]);
  });
  await check("a click that finds nothing shows a sign, which the popup can explain", async () => {
    await go("https://blog.example/none");
    await select("#nothing", "!!! ---");
    await noTab(driver, async () => (await driver.menu(await middle("#nothing"), [0]))(), 300);
    await until("the sign", async () => (await badge()) === "?");
    await until("the sign's end", async () => (await badge()) === "");
    assert.equal((await inExtension(() => chrome.storage.session.get("miss"))).miss.reason, "none");
  });
  await check("menus follow the settings", async () => {
    await setSettings({ destination: "alphaxiv", openWith: [] });
    await go(BLOG);
    await sleep(400);
    // With nothing under "Open with" the menu is one plain entry.
    assert.deepEqual(await choose(await middle("#link"), []), ["https://www.alphaxiv.org/abs/2402.00001v3"]);
    await inExtension(() => chrome.storage.sync.clear());
    await sleep(400);
  });

  // --- PDFs
  await go("https://arxiv.org/pdf/2401.12345v2");
  await driver.pdfReady();
  await check("menu on a PDF opens its paper", async () => {
    assert.deepEqual(await choose(await driver.at(560, 600), [0]), [`${COOL}/arxiv/2401.12345`]);
  });
  await check("menu on a selection in a PDF opens the selected paper", async () => {
    const at = await selectInPdf(driver);
    assert.deepEqual(await choose(at, [0]), [`${COOL}/arxiv/2403.54321`]);
  });
  await check("the shortcut works on a PDF", async () => {
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/2401.12345`]);
  });

  // --- shortcut, address bar
  await check("the shortcut opens the page's paper", async () => {
    await go("https://openreview.net/forum?id=LcF-EEt8cCC");
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/venue/LcF-EEt8cCC@OpenReview`]);
  });
  await check("the shortcut opens the selection's papers first, one tab a site", async () => {
    await go(BLOG);
    await select("#two", "2401.12345, 2402.00002");
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/2401.12345,2402.00002`]);
  });
  await check("the shortcut reads a selection in a field, and on a page that is still loading", async () => {
    await go(BLOG);
    await page.evaluate(() => {
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = "see 2406.00042 there";
      field.focus();
      field.setSelectionRange(4, 14);
    });
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/2406.00042`]);
    await page.evaluate(() => {
      location.href = "/slow";
    });
    await until("the slow page", () => page.$("#early").catch(() => null));
    await select("#early", "2401.12345");
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/2401.12345`]);
  });
  await check("the address bar opens IDs", async () => {
    await go(BLOG);
    await driver.omnibox("2404.00042 P19-1001x");
    await arrives(`${COOL}/arxiv/2404.00042`);
  });
  await check("a suggestion of the address bar opens its own paper", async () => {
    await go(BLOG);
    await driver.omnibox("2404.00042 2405.00042");
    // The first row is what Enter does with the whole text.
    await screen.key("Down");
    await screen.key("Down");
    await screen.still();
    await arrives(`${COOL}/arxiv/2405.00042`);
  });
  await check("the address bar searches for words", async () => {
    await go(BLOG);
    await driver.omnibox("low rank");
    await arrives(`${COOL}/arxiv/search?highlight=1&query=low%20rank`);
  });

  // --- a sleeping background
  await check("a sleeping background is woken by menu, shortcut and address bar", async () => {
    await go(BLOG);
    await driver.sleepBackground();
    assert.deepEqual(await choose(await middle("#link"), [0]), [`${COOL}/arxiv/2402.00001`]);
    await driver.sleepBackground();
    await select("#words", "attention");
    assert.deepEqual(await tabs(driver, () => screen.key("alt+c")), [`${COOL}/arxiv/search?highlight=1&query=attention`]);
    await driver.sleepBackground();
    await driver.omnibox("2404.00042");
    await arrives(`${COOL}/arxiv/2404.00042`);
  });

  // --- placed links
  const placed = (selector = "a[data-scholium]") => page.$$eval(`${selector}`, (all) => all.map((a) => a.getAttribute("href")));
  const links = async (url, expected, claim) =>
    check(claim, async () => {
      await page.goto(url);
      await page.waitForSelector("a[data-scholium]", { timeout: 5000 });
      assert.deepEqual(await placed(), expected);
      for (const rel of await page.$$eval("a[data-scholium]", (all) => all.map((a) => a.rel))) assert.equal(rel, "noopener noreferrer");
    });
  await links("https://arxiv.org/abs/2401.12345v2", [`${COOL}/arxiv/2401.12345`], "an arXiv abstract page gets a link");
  await check("the number of papers is on the badge", async () => until("the badge", async () => (await badge()) === "1"));
  await links("https://arxiv.org/abs/hep-th/9901001", [`${COOL}/arxiv/hep-th/9901001`], "an old arXiv abstract page gets a link");
  await links(
    "https://arxiv.org/list/cs.LG/new",
    ["2401.11111", "2401.11112", "2401.22222", "cs/0506078"].map((id) => `${COOL}/arxiv/${id}`),
    "every row of an arXiv list gets a link, in all its sections",
  );
  await check("a list of thousands gets its first links and its number at once, the others as far as it is scrolled", async () => {
    await page.goto("https://arxiv.org/list/cs.LG/2401?skip=0&show=2000");
    await page.waitForSelector("a[data-scholium]", { timeout: 5000 });
    // Drivers take long to hand over thousands of elements: they are looked at where they are.
    const count = () => page.evaluate(() => document.querySelectorAll("a[data-scholium]").length);
    assert.ok((await count()) >= 50);
    assert.equal(await page.$eval("button[data-scholium]", (e) => e.textContent), "Open all 2000 papers");
    await until("the number on the badge", async () => (await badge()) === "999+");
    assert.ok((await count()) < 500);
    // Whatever is on the screen has its link, wherever one has scrolled to.
    const bare = () =>
      page.evaluate(() => {
        const onScreen = [...document.querySelectorAll("dt")].filter((dt) => {
          const { top, bottom } = dt.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        });
        return onScreen.length ? onScreen.filter((dt) => !dt.querySelector("a[data-scholium]")).length : -1;
      });
    // A click on empty ground gives the page the keyboard.
    const ground = await driver.at(900, 500);
    await screen.click(ground.x, ground.y);
    for (let i = 1; i < 6; i++) {
      const before = await page.evaluate(() => scrollY);
      await screen.key("Next", "Next", "Next");
      await until("the page to move", async () => (await page.evaluate(() => scrollY)) > before + 900);
      await until("links on the screen", async () => (await bare()) === 0);
    }
    assert.ok((await count()) < 1000);
    // A page that is still scrolling may lose the key.
    await until("the end of the page", async () => {
      await screen.key("End");
      await sleep(500);
      return page.evaluate(() => scrollY + innerHeight > document.documentElement.scrollHeight - 2);
    });
    await until("all links", async () => (await count()) === 2000, 30_000);
    assert.equal(
      await page.evaluate(
        () =>
          [...document.querySelectorAll("dt")].filter(
            (dt) => !dt.querySelector(":scope > a[data-scholium]:last-child")?.href.endsWith(dt.children[1].id),
          ).length,
      ),
      0,
    );
  });
  await check("the button of a list of thousands opens all its papers, also those that have no link yet", async () => {
    await go("https://arxiv.org/list/cs.LG/2401?skip=0&show=2000");
    await page.waitForSelector("a[data-scholium]", { timeout: 5000 });
    await page.click("button[data-scholium]");
    const { urls } = await until("the question", async () => (await inExtension(() => chrome.storage.session.get("pending"))).pending);
    assert.equal(new Set(urls.flatMap((url) => new URL(url).pathname.split("/").at(-1).split(","))).size, 2000);
    await inExtension(() => chrome.storage.session.remove("pending"));
    await screen.still();
    await screen.key("Escape");
    await go("https://arxiv.org/list/cs.LG/new");
    await page.waitForSelector("a[data-scholium]", { timeout: 5000 });
  });
  await check("a list's button opens all its papers", async () => {
    const urls = await tabs(driver, () => page.click("button[data-scholium]"), 2);
    assert.deepEqual(urls.sort(), [`${COOL}/arxiv/2401.11111,2401.11112,2401.22222`, `${COOL}/arxiv/cs/0506078`]);
  });
  await check("a placed link leads there by a click", async () => {
    assert.deepEqual(await tabs(driver, () => page.click("a[data-scholium]")), [`${COOL}/arxiv/2401.11111`]);
  });
  await links(
    "https://arxiv.org/search/?query=tiny&searchtype=all",
    [`${COOL}/arxiv/2401.30001`, `${COOL}/arxiv/math/0309136`],
    "arXiv search results get links",
  );
  await links("https://aclanthology.org/2024.acl-long.1/", [`${COOL}/venue/2024.acl-long.1@ACL`], "an ACL paper's page gets a link");
  await check("the page's own controls still work beside it", async () => {
    await page.click("#cite-button");
    assert.equal(await page.$eval("body", (b) => b.getAttribute("data-cite-opened")), "1");
  });
  await links(
    "https://aclanthology.org/volumes/2024.acl-long/",
    ["2024.acl-long.1", "2024.acl-long.2"].map((id) => `${COOL}/venue/${id}@ACL`),
    "an ACL volume's papers get links, its front matter none",
  );
  await links("https://openreview.net/forum?id=LcF-EEt8cCC", [`${COOL}/venue/LcF-EEt8cCC@OpenReview`], "an OpenReview forum gets a link");
  await check("the link follows a navigation without loading", async () => {
    await page.click("#spa");
    await until("the new link", async () => (await placed()).join() === `${COOL}/venue/_VjQlMeSB_J@OpenReview`);
  });
  await check("rows that OpenReview renders late get links, and again after a page turn", async () => {
    await page.goto("https://openreview.net/group?id=ICLR.cc/2024/Conference");
    const row = (id) => `${COOL}/venue/${id}@OpenReview`;
    await until("the links", async () => (await placed()).join() === ["rnJxelIZrq", "H1-oTz-Cb", "_VjQlMeSB_J"].map(row).join());
    await page.click("#next");
    await until("the next page's link", async () => (await placed()).join() === row("NGB6YNnO5o"));
    await sleep(500);
    assert.deepEqual(await placed(), [row("NGB6YNnO5o")]);
    // One paper needs no button for all, and the papers of the page before count no more.
    assert.equal(await page.$("button[data-scholium]"), null);
    await until("the number on the badge", async () => (await badge()) === "1");
  });
  await check("a page that changes without end is not filled with links", async () => {
    await page.evaluate(async () => {
      const root = document.querySelector("#__next");
      root.insertAdjacentHTML("beforeend", "<p hidden>x</p>".repeat(20_000));
      for (let i = 0; i < 60; i++) {
        root.lastElementChild.replaceWith(document.createElement("p"));
        await new Promise((r) => setTimeout(r, 16));
      }
    });
    assert.equal((await placed()).length, 1);
  });
  await check("switched-off places get no links", async () => {
    await setSettings({ links: { arxivAbs: false } });
    await go("https://arxiv.org/abs/2401.12345v2");
    await sleep(300);
    assert.deepEqual(await placed(), []);
    await inExtension(() => chrome.storage.sync.clear());
  });
  await check("a hostile page is not broken by the extension, nor catches it", async () => {
    const errors = [];
    page.on("pageerror", (e) => errors.push(e.message));
    await page.goto("https://arxiv.org/abs/2404.06661");
    // The page has broken what the driver's own helpers use: plain indexing alone.
    const hrefs = () =>
      page.evaluate(() => {
        const all = Document.prototype.querySelectorAll.call(document, "a[data-scholium]");
        return `${all.length} ${all[0]?.getAttribute("href")}`;
      });
    await until("the link", async () => (await hrefs()) === `1 ${COOL}/arxiv/2404.06661`);
    assert.equal(await page.evaluate(() => window.caught ?? null), null);
    assert.deepEqual(errors, []);
    page.removeAllListeners("pageerror");
  });

  // --- popup
  await check("the popup opens the page's papers from the keyboard", async () => {
    await go("https://arxiv.org/abs/2401.12345v2");
    const urls = await tabs(driver, async () => {
      await driver.popup();
      await screen.key("Return");
    });
    assert.deepEqual(urls, [`${COOL}/arxiv/2401.12345,1706.03762`]);
  });
  await check("the popup's filter opens an ID that is typed", async () => {
    await go(BLOG);
    const urls = await tabs(driver, async () => {
      await driver.popup();
      await screen.type("2405.00001");
      await screen.still();
      await screen.key("Return");
    });
    assert.deepEqual(urls, [`${COOL}/arxiv/2405.00001`]);
  });
  await check("the popup's papers are filtered and chosen by keys alone", async () => {
    await go("https://arxiv.org/list/cs.LG/new");
    const filtered = await tabs(driver, async () => {
      await driver.popup();
      await screen.type("second");
      await screen.still();
      await screen.key("Return");
    });
    assert.deepEqual(filtered, [`${COOL}/arxiv/2401.11112`]);
    const chosen = await tabs(
      driver,
      async () => {
        await driver.popup();
        // The first paper is taken out, then Enter in the filter opens the rest.
        await screen.key("Down", "space", "Up");
        await screen.still();
        await screen.key("Return");
      },
      2,
    );
    assert.deepEqual(chosen.sort(), [`${COOL}/arxiv/2312.00752,2401.11112,2401.22222`, `${COOL}/arxiv/cs/0506078`]);
  });
  await check("the popup copies by keys alone", async () => {
    await go("https://arxiv.org/abs/2401.12345v2");
    await driver.popup();
    // Options, all, two papers, the destination, open: the next is the first of the copies.
    await screen.key(...Array(7).fill("Tab"), "Return");
    await screen.still();
    await screen.key("Escape");
    await page.evaluate(() => document.body.prepend(document.createElement("textarea")));
    await page.bringToFront();
    await until("the copy", async () => {
      await page.click("textarea");
      await screen.key("ctrl+a", "ctrl+v");
      await screen.still();
      return (await page.$eval("textarea", (e) => e.value)).startsWith("[");
    });
    assert.match(
      await page.$eval("textarea", (e) => e.value),
      /^\[[^\]]+\]\(https:\/\/papers\.cool\/arxiv\/2401\.12345\)\n\[[^\]]+\]\(https:\/\/papers\.cool\/arxiv\/1706\.03762\)\n$/,
    );
  });
  await popupChecks(driver, check, go);
  await check("many tabs are asked about, and opened only after a yes", async () => {
    await go("https://blog.example/many/12");
    await page.evaluate(() => {
      document.querySelector("#many").textContent = [...document.querySelectorAll("#many a")].map((a) => a.href.slice(22)).join(" ");
      getSelection().selectAllChildren(document.querySelector("#many"));
    });
    await noTab(driver, () => screen.key("alt+c"), 1500);
    const { pending } = await inExtension(() => chrome.storage.session.get("pending"));
    assert.equal(pending.urls.length, 12);
    const yes = await sayYes(driver);
    const urls = await tabs(driver, yes, 12, 15_000);
    assert.equal(new Set(urls).size, 12);
  });
  await check("more than fifty tabs are refused", async () => {
    await go("https://blog.example/many/60");
    await page.evaluate(() => {
      document.querySelector("#many").textContent = [...document.querySelectorAll("#many a")].map((a) => a.href.slice(22)).join(" ");
      getSelection().selectAllChildren(document.querySelector("#many"));
    });
    await noTab(driver, () => screen.key("alt+c"), 1000);
    assert.equal((await inExtension(() => chrome.storage.session.get("miss"))).miss.reason, "tooMany");
  });
  await check("hundreds of IDs open in few tabs", async () => {
    await go("https://blog.example/none");
    await page.evaluate(() => {
      document.querySelector("#nothing").textContent = Array.from({ length: 180 }, (_, i) => `2401.${10001 + i}`).join(" ");
      getSelection().selectAllChildren(document.querySelector("#nothing"));
    });
    const urls = await tabs(driver, () => screen.key("alt+c"), 4);
    assert.deepEqual(urls.map((u) => u.split(",").length).sort(), [30, 50, 50, 50]);
  });

  // --- options, messages
  await optionsChecks(driver, check);
  await check("messages that pages could forge are refused", async () => {
    await inExtension(async () => {
      for (const bad of [
        null,
        "run",
        [],
        { type: 7 },
        { type: "__proto__" },
        { type: "open", ids: [{ source: "arxiv", id: "../x" }], extra: 1 },
        { type: "openText" },
      ])
        await chrome.runtime.sendMessage(bad).catch(() => {});
    });
    await noTab(
      driver,
      () =>
        inExtension(() =>
          chrome.runtime.sendMessage({
            type: "open",
            ids: [
              { source: "arxiv", id: "2401.12345/../../x" },
              { source: "nowhere", id: "1" },
            ],
          }),
        ),
      500,
    );
  });
  await check("makes no request of its own, and none leaves", async () => {
    const asked = new Set(site.hits.map((h) => h.host));
    for (const host of ["api.semanticscholar.org", "export.arxiv.org", "api.openreview.net", "api2.openreview.net"])
      assert.equal(asked.has(host), false);
    assert.equal(
      await inExtension(() =>
        fetch("https://arxiv.org/abs/2401.12345").then(
          () => "sent",
          () => "refused",
        ),
      ),
      "refused",
    );
  });
  await own?.close();
}

/** How to agree to many tabs in the popup that asks. */
async function sayYes({ name, browser, inPopup, screen }) {
  if (name === "chromium") {
    const popup = await (await browser.waitForTarget((t) => t.url().endsWith("/popup.html"), { timeout: 8000 })).asPage();
    await popup.waitForSelector("#ask:not([hidden])");
    return () => popup.click("#ask-open").catch(() => {});
  }
  const button = await until("the question", () =>
    inPopup(() => {
      const box = document.querySelector("#ask:not([hidden]) #ask-open")?.getBoundingClientRect();
      return box && { x: mozInnerScreenX + box.x + box.width / 2, y: mozInnerScreenY + box.y + box.height / 2 };
    }).catch(() => null),
  );
  await screen.still();
  return () => screen.click(button.x, button.y);
}

/** Selects the second line of the PDF, which is an ID, and answers a point on it. */
async function selectInPdf(driver) {
  const { screen } = driver;
  if (driver.name === "chromium") {
    // The viewer's text is out of reach: a point of the PDF is 4/3 pixels at 100 %. Three clicks select a line: its ground is white no more. Clicks
    // that come too far apart under load are no triple, and a page that is still being drawn is measured wrong: then once more.
    const point = await until(
      "the selected line",
      async () => {
        await screen.still();
        const page = paper(screen);
        if (!page) return null;
        const x = page.x + 72 * (4 / 3);
        const y = page.y + (792 - 670 - 8) * (4 / 3);
        const white = () => screen.count([255, 255, 255], { x: x - 2, y: y - 10, width: 150, height: 20 });
        const plain = white();
        await screen.xdo("mousemove", Math.round(x + 30), Math.round(y), "click", "--repeat", 3, "--delay", 60, 1);
        for (let i = 0; i < 15; i++) {
          await sleep(80);
          if (white() < plain / 4) return { x: x + 60, y };
        }
        return null;
      },
      15_000,
    );
    await screen.still();
    return point;
  }
  const r = await driver.page.evaluate(() => {
    const span = [...document.querySelectorAll(".textLayer span")].find((s) => s.textContent.includes("2403"));
    const { x, y, width, height } = span.getBoundingClientRect();
    return { x, y, width, height };
  });
  const y = r.y + r.height / 2;
  await screen.drag(await driver.at(r.x + 1, y), await driver.at(r.x + r.width - 1, y));
  await driver.page.waitForFunction(() => String(getSelection()).trim() === "2403.54321", { timeout: 5000 });
  return driver.at(r.x + r.width / 2, y);
}

/** The upper left corner of the white page on the viewer's dark ground; null while it is not drawn. */
function paper({ pixels }) {
  const { width, height, stride, data } = pixels();
  const white = (x, y) => data[y * stride + x * 4] === 255 && data[y * stride + x * 4 + 1] === 255 && data[y * stride + x * 4 + 2] === 255;
  const row = Math.floor(height * 0.75);
  let x = Math.floor(width * 0.5);
  if (!white(x, row)) return null;
  while (x > 0 && white(x - 1, row)) x--;
  let y = row;
  while (y > 0 && white(x + 20, y - 1)) y--;
  return x > 20 && y > 90 ? { x, y } : null;
}

/** What the popup shows, and does with keys. */
async function popupChecks(driver, check, go) {
  const { page, screen } = driver;
  const text = (selector) => (popup) => popup.look((s) => document.querySelector(s).textContent, selector);
  const count = text("#count");
  /** Puts the keyboard on a control, as many tabs would, and presses Enter. */
  const press = async (popup, selector) => {
    await popup.look((s) => document.querySelector(s).focus(), selector);
    await screen.key("Return");
  };
  /** What the clipboard holds, pasted into the page. */
  const pasted = async (start) => {
    await page.evaluate(() => document.body.prepend(document.createElement("textarea")));
    await page.bringToFront();
    return until("the copy", async () => {
      await page.click("textarea");
      await screen.key("ctrl+a", "ctrl+v");
      await screen.still();
      const value = await page.$eval("textarea", (e) => e.value);
      return value.startsWith(start) && value;
    });
  };
  await check("the popup lists a page's papers with titles, filters and copies them", async () => {
    await go("https://arxiv.org/list/cs.LG/new");
    const popup = await driver.popup();
    const titles = () => popup.look(() => [...document.querySelectorAll(".paper:not([hidden]) .title")].map((e) => e.textContent));
    assert.deepEqual((await titles()).slice(0, 2), ["First invented title", "Second invented title"]);
    assert.equal(await count(popup), "5 papers");
    await screen.type("second");
    await until("the filter", async () => (await titles()).join() === "Second invented title");
    await press(popup, '[data-copy="Markdown"]');
    await until("the word", async () => (await text("#status")(popup)) === "Copied 1 as Markdown");
    await popup.close();
    assert.equal(await pasted("["), "[Second invented title](https://papers.cool/arxiv/2401.11112)\n");
  });
  await check("the popup copies the page's own BibTeX", async () => {
    await go("https://aclanthology.org/2024.acl-long.1/");
    const popup = await driver.popup();
    await press(popup, '[data-copy="BibTeX"]');
    await until("the word", async () => (await text("#status")(popup)).includes("BibTeX"));
    await popup.close();
    assert.match(await pasted("@"), /^@inproceedings\{doe-2024-invented,/);
  });
  await check("the popup is reached by keys alone and named for screen readers", async () => {
    await go("https://arxiv.org/list/cs.LG/new");
    const popup = await driver.popup();
    assert.equal(await popup.look(() => document.activeElement.id), "filter");
    await screen.key("Down", "Down", "space");
    await until("a paper less", async () => (await count(popup)).startsWith("4 of 5"));
    const unnamed = await popup.look(() =>
      [...document.querySelectorAll("button, input, select")]
        .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length))
        .map((e) => e.outerHTML),
    );
    assert.deepEqual(unnamed, []);
    await popup.close();
  });
  await check("the popup does not ask again what was left unanswered long ago", async () => {
    await go("https://arxiv.org/abs/2401.12345v2");
    const own = await driver.open("options.html");
    await own.evaluate(() => chrome.storage.session.set({ pending: { urls: ["https://papers.cool/"], at: Date.now() - 120_000 } }));
    await own.close();
    await page.bringToFront();
    const popup = await driver.popup();
    assert.equal(await popup.look(() => document.querySelector("#ask").hidden), true);
    assert.equal(await count(popup), "2 papers");
    await popup.close();
  });
  await check("the popup explains a page without papers", async () => {
    await go("https://blog.example/none");
    const popup = await driver.popup();
    assert.equal(await text("#empty .title")(popup), "No papers found on this page");
    await popup.close();
  });
}

async function optionsChecks(driver, check) {
  await check("options are saved, synchronised, and shown again", async () => {
    const options = await driver.open("options.html");
    await options.select("#tabs", "background");
    await options.click('[name="links.arxivList"]');
    await options.waitForFunction(() => document.querySelector("#status").textContent === "Saved");
    const { settings } = await options.evaluate(() => chrome.storage.sync.get("settings"));
    assert.equal(settings.tabs, "background");
    assert.equal(settings.links.arxivList, false);
    await options.close();
    const again = await driver.open("options.html");
    assert.equal(await again.$eval("#tabs", (e) => e.value), "background");
    assert.equal(await again.$eval('[name="links.arxivList"]', (e) => e.checked), false);
    await again.evaluate(() => chrome.storage.sync.clear());
    await again.close();
  });
  await check("settings are exported, imported, and a wrong file is refused", async () => {
    const options = await driver.open("options.html");
    const importText = (text) =>
      options.evaluate((content) => {
        const files = new DataTransfer();
        files.items.add(new File([content], "settings.json", { type: "application/json" }));
        const input = document.querySelector("#file");
        input.files = files.files;
        input.dispatchEvent(new Event("change"));
      }, text);
    await importText(JSON.stringify({ scholium: { theme: "dark", destination: "nowhere", linkLabel: "read" } }));
    await options.waitForFunction(() => document.querySelector("#status").textContent === "Imported");
    assert.equal(await options.$eval("#theme", (e) => e.value), "dark");
    assert.equal(await options.$eval("#destination", (e) => e.value), "coolpapers");
    assert.equal(await options.$eval("html", (e) => e.dataset.theme), "dark");
    await importText("{}");
    await options.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Not imported"));
    await options.evaluate(() => chrome.storage.sync.clear());
    await options.close();
  });
  await check("storage that refuses is worked around, and said", async () => {
    const options = await driver.open("options.html");
    await options.evaluate(() => {
      for (const area of ["sync", "local", "session"]) chrome.storage[area].set = () => Promise.reject(new Error("quota"));
    });
    await options.select("#theme", "light");
    await options.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Could not be saved"));
    await options.close();
  });
}
