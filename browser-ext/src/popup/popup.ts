// The popup: the papers of the current page, to filter, choose, open and copy.
import { destinationOf, destinations, type PaperRef, planText, toBibtex, toMarkdown, toPlainId } from "@scholium/core/papers";
import type { Pending } from "../later/unopened.js";
import { destinationName, el, t, thisMonth, translatePage } from "../shared/i18n.js";
import { inPage } from "../shared/inPage.js";
import { send } from "../shared/messages.js";
import { loadSettings, type Settings } from "../shared/settings.js";
import { setTheme } from "../shared/theme.js";
import { collectPage, type PageContent } from "./collect.js";
import { type Group, papersOf, type Row } from "./papers.js";

const id = <E extends HTMLElement>(name: string) => document.getElementById(name) as E;
const filter = id<HTMLInputElement>("filter");
const list = id("list");
const every = id<HTMLInputElement>("all");
const destination = id<HTMLSelectElement>("destination");
const openButton = id<HTMLButtonElement>("open");

/** What is on the screen: a row of the list with its box. */
interface Shown {
  readonly row: Row;
  readonly item: HTMLElement;
  readonly box: HTMLInputElement;
  readonly words: string;
}

/** How long a click that found nothing is worth explaining, and a question worth asking again. */
const MISS_MS = 20_000;
const ASK_MS = 60_000;

const shown: Shown[] = [];

void main();

async function main(): Promise<void> {
  translatePage();
  const settings = await loadSettings();
  setTheme(settings.theme);
  if (await asks()) return ready();
  id("options").addEventListener("click", () => void chrome.runtime.openOptionsPage().then(() => close()));
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  await explainMiss(tab?.id);
  const { page, whole } = await read(tab);
  const groups = papersOf(page, thisMonth());
  show(groups, settings, page, whole);
  filter.focus();
  ready();
}

/** For tests: everything is on the screen. */
const ready = () => {
  document.documentElement.dataset.ready = "";
};

/** Asks about many tabs when the background waits for an answer; whether it did. */
async function asks(): Promise<boolean> {
  const { pending } = (await chrome.storage.session.get("pending")) as { pending?: Pending };
  if (!pending || Date.now() - pending.at > ASK_MS) return false;
  id("papers").hidden = true;
  id("ask").hidden = false;
  id("ask-title").textContent = t("askTitle", pending.urls.length);
  const answer = (open: boolean) => void send({ type: "answer", open }).then(() => close());
  id("ask-open").addEventListener("click", () => answer(true));
  id("ask-cancel").addEventListener("click", () => answer(false));
  id("ask-cancel").focus();
  return true;
}

/** Says why the last click on this tab opened nothing, once. */
async function explainMiss(tabId: number | undefined): Promise<void> {
  const { miss } = (await chrome.storage.session.get("miss")) as { miss?: { reason: string; tabId: number; at: number } };
  if (!miss) return;
  await chrome.storage.session.remove("miss");
  if ((miss.tabId !== -1 && miss.tabId !== tabId) || Date.now() - miss.at > MISS_MS) return;
  notice(t({ none: "missNone", nowhere: "missNowhere", tooMany: "missTooMany" }[miss.reason] ?? "missNone"));
}

function notice(text: string): void {
  id("notice").textContent = text;
  id("notice").hidden = false;
}

/** What the page says; where scripts may not run, its address and title alone. */
async function read(tab: chrome.tabs.Tab | undefined): Promise<{ page: PageContent; whole: boolean }> {
  const alone: PageContent = { url: tab?.url ?? "", title: tab?.title ?? "", text: "", selection: "", links: [], meta: {}, bibtex: "" };
  if (tab?.id === undefined) return { page: alone, whole: false };
  try {
    const [page] = await inPage(tab.id, collectPage);
    if (page) return { page, whole: true };
  } catch {
    // A PDF viewer, the browser's own page, a store.
  }
  return { page: alone, whole: false };
}

function show(groups: readonly Group[], settings: Settings, page: PageContent, whole: boolean): void {
  const on = groups.reduce((n, g) => n + g.rows.length, 0) > 0;
  id("bar").hidden = !on;
  document.querySelector("footer")!.hidden = !on;
  if (!on) empty(t("emptyTitle"), whole ? t("emptyHint") : `${t("unreadable")} ${t("emptyHint")}`);
  const back = /^https:\/\/papers\.cool\//.test(page.url);
  for (const d of destinations) destination.append(el("option", { value: d.id }, destinationName(d.id, d.name)));
  destination.value = back ? "original" : settings.destination;
  for (const group of groups) {
    const heading = el("h2", { id: `group-${group.source}` }, group.name, el("span", {}, `  ${group.rows.length}`));
    const items = group.rows.map(item);
    list.append(heading, el("ul", { "aria-labelledby": heading.id }, ...items));
  }
  update();
  filter.addEventListener("input", update);
  filter.addEventListener("keydown", onFilterKey);
  every.addEventListener("change", () => {
    for (const s of visible()) s.box.checked = every.checked;
    update();
  });
  list.addEventListener("change", update);
  list.addEventListener("keydown", onListKey);
  destination.addEventListener("change", update);
  openButton.addEventListener("click", () => openPapers(chosen().map((s) => s.row)));
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.setAttribute("aria-label", t("copyAs", button.textContent ?? ""));
    button.addEventListener("click", () => void copy(button.dataset.copy as Form));
  }
}

function item(row: Row): HTMLElement {
  const box = el("input", { type: "checkbox" });
  box.checked = true;
  const plain = toPlainId(row.paper);
  const text = el("span", { class: "text" }, ...(row.title ? [el("span", { class: "title" }, row.title)] : []));
  text.append(el("span", { class: row.title ? "id" : "id only" }, plain));
  const open = el("button", { type: "button", tabindex: "-1", "aria-label": t("openThis", row.title || plain) }, t("open"));
  open.addEventListener("click", () => openPapers([row]));
  const li = el("li", { class: "paper" }, el("label", {}, box, text), open);
  shown.push({ row, item: li, box, words: `${row.title} ${plain}`.toLowerCase() });
  return li;
}

const visible = () => shown.filter((s) => !s.item.hidden);
const chosen = () => visible().filter((s) => s.box.checked);
const has = (row: Row) => destinationOf(destination.value).has({ ...row.paper, ...(row.title && { title: row.title }) });

/** Brings everything in line with the filter and the boxes. */
function update(): void {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const s of shown) s.item.hidden = !words.every((w) => s.words.includes(w));
  for (const group of list.querySelectorAll<HTMLElement>("ul")) {
    const none = !group.querySelector("li:not([hidden])");
    group.hidden = none;
    (group.previousElementSibling as HTMLElement).hidden = none;
  }
  const [seen, picked] = [visible().length, chosen().length];
  id("count").textContent = picked < seen ? t("countSelected", picked, seen) : seen === 1 ? t("countOne") : t("countMany", seen);
  every.checked = picked > 0 && picked === seen;
  every.indeterminate = picked > 0 && picked < seen;
  openButton.textContent = t("openN", picked);
  openButton.disabled = picked === 0;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) button.disabled = picked === 0;
  if (shown.length > 0) {
    id("empty").hidden = seen > 0;
    if (seen === 0) empty(t("noMatch"), t("emptyHint"));
  }
}

function empty(title: string, hint: string): void {
  id("empty").hidden = false;
  document.querySelector("#empty .title")!.textContent = title;
  document.querySelector("#empty .hint")!.textContent = hint;
}

/** Enter in the filter opens what was typed, if that is a paper or matches none here; else what is chosen. */
function onFilterKey(event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") {
    event.preventDefault();
    visible()[0]?.box.focus();
  } else if (event.key === "Enter" && (filter.value.trim() || chosen().length)) {
    event.preventDefault();
    const typed = filter.value.trim();
    if (typed && (visible().length === 0 || planText(typed, { now: thisMonth() }).kind === "papers"))
      void send({ type: "openText", text: typed }).then(() => close());
    else openPapers(chosen().map((s) => s.row));
  }
}

/** Arrows walk the list, Enter opens the row. */
function onListKey(event: KeyboardEvent): void {
  const rows = visible();
  const at = rows.findIndex((s) => s.item.contains(event.target as Node));
  if (at < 0) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    if (at + step < 0 && event.key === "ArrowUp") filter.focus();
    else rows[Math.min(rows.length - 1, Math.max(0, at + step))].box.focus();
  } else if (event.key === "Enter" && event.target === rows[at].box) {
    event.preventDefault();
    openPapers([rows[at].row]);
  }
}

function openPapers(rows: readonly Row[]): void {
  const there = rows.filter(has);
  const papers: PaperRef[] = (there.length ? there : rows).map((r) => ({ ...r.paper, ...(r.title && { title: r.title }) }));
  void send({ type: "openPapers", papers, destination: destination.value, confirmed: false }).then(() => close());
}

type Form = "Markdown" | "BibTeX" | "Ids" | "Urls";

async function copy(form: Form): Promise<void> {
  const rows = chosen().map((s) => s.row);
  const place = destinationOf(destination.value);
  const write: Readonly<Record<Form, (row: Row) => string>> = {
    Markdown: (r) => toMarkdown(r.paper, r.title || undefined, place.urls([r.paper])[0]),
    BibTeX: (r) => toBibtex(r.paper, { ...(r.title && { title: r.title }), ...r.known }),
    Ids: (r) => toPlainId(r.paper),
    Urls: (r) => place.urls([r.paper])[0] ?? "",
  };
  const text = rows.map(write[form]).filter(Boolean);
  try {
    await navigator.clipboard.writeText(`${text.join(form === "BibTeX" ? "\n\n" : "\n")}\n`);
    const name = document.querySelector(`[data-copy="${form}"]`)!.textContent!;
    id("status").textContent = t("copied", text.length, name);
  } catch {
    id("status").textContent = t("copyFailed");
  }
}
