// The options page: every change is saved at once, synchronised by the browser where it can be.
import { destinations } from "@scholium/core/papers";
import { destinationName, el, t, translatePage } from "../shared/i18n.js";
import {
  DEFAULTS,
  exportSettings,
  importSettings,
  LINK_PLACES,
  loadSettings,
  onSettings,
  readSettings,
  type Settings,
  saveSettings,
} from "../shared/settings.js";
import { OPTIONAL_SITES } from "../shared/sites.js";
import { setTheme } from "../shared/theme.js";

const id = <E extends HTMLElement>(name: string) => document.getElementById(name) as E;
const form = id<HTMLFormElement>("form");
const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;

void main();

async function main(): Promise<void> {
  translatePage();
  document.title = t("optionsTitle");
  id("destination").append(...destinations.map((d) => el("option", { value: d.id }, destinationName(d.id, d.name))));
  id("open-with").append(...destinations.map((d) => check(`openWith.${d.id}`, destinationName(d.id, d.name))));
  id("links").append(...LINK_PLACES.map((p) => check(`links.${p}`, t(p))));
  await showSites();
  await showShortcuts();
  fill(await loadSettings());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const name = (event.target as HTMLInputElement).name;
    if (name && !name.startsWith("site.")) void save(read());
  });
  onSettings(fill);
  id("export").addEventListener("click", exportFile);
  id("import").addEventListener("click", () => id("file").click());
  id("file").addEventListener("change", () => void importFile());
  id("reset").addEventListener("click", () => void save(DEFAULTS).then(() => fill(DEFAULTS)));
  id("change-shortcuts").addEventListener("click", () => void changeShortcuts());
  document.documentElement.dataset.ready = "";
}

function check(name: string, text: string): HTMLElement {
  return el("label", { class: "check" }, el("input", { type: "checkbox", name }), el("span", {}, text));
}

/** Puts settings into the form. */
function fill(settings: Settings): void {
  setTheme(settings.theme);
  for (const name of ["destination", "tabs", "search", "theme", "linkLabel"] as const) control(name).value = settings[name];
  (control("menuOnEveryLink") as HTMLInputElement).checked = settings.menuOnEveryLink;
  for (const d of destinations) (control(`openWith.${d.id}`) as HTMLInputElement).checked = settings.openWith.includes(d.id);
  for (const p of LINK_PLACES) (control(`links.${p}`) as HTMLInputElement).checked = settings.links[p];
  placeholder();
}

/** Reads the form back. */
function read(): Settings {
  const checked = (name: string) => (control(name) as HTMLInputElement).checked;
  return readSettings({
    ...Object.fromEntries(["destination", "tabs", "search", "theme", "linkLabel"].map((name) => [name, control(name).value])),
    menuOnEveryLink: checked("menuOnEveryLink"),
    openWith: destinations.map((d) => d.id).filter((d) => checked(`openWith.${d}`)),
    links: Object.fromEntries(LINK_PLACES.map((p) => [p, checked(`links.${p}`)])),
  });
}

const placeholder = () => {
  const place = destinations.find((d) => d.id === control("destination").value)!;
  (control("linkLabel") as HTMLInputElement).placeholder = destinationName(place.id, place.name);
};

async function save(settings: Settings): Promise<void> {
  setTheme(settings.theme);
  placeholder();
  const where = await saveSettings(settings);
  say(t({ sync: "saved", local: "savedLocal", session: "savedSession", none: "savedNot" }[where ?? "none"]), where !== "sync");
}

function say(text: string, bad = false): void {
  const status = id("status");
  status.textContent = text;
  status.classList.toggle("bad", bad);
  if (!bad)
    setTimeout(() => {
      if (status.textContent === text) status.textContent = "";
    }, 2500);
}

function exportFile(): void {
  const url = URL.createObjectURL(new Blob([exportSettings(read())], { type: "application/json" }));
  el("a", { href: url, download: "scholium-settings.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function importFile(): Promise<void> {
  const input = id<HTMLInputElement>("file");
  const file = input.files?.[0];
  input.value = "";
  if (!file) return;
  const settings = importSettings(await file.text().catch(() => ""));
  if (!settings) return say(t("importFailed"), true);
  fill(settings);
  await save(settings);
  say(t("imported"));
}

/** One box for each site that may be granted; the browser asks when it is ticked. */
async function showSites(): Promise<void> {
  for (const site of OPTIONAL_SITES) {
    const host = new URL(site.replace("/*", "/")).host.replace(/^www\./, "");
    const label = check(`site.${host}`, host);
    const box = label.querySelector("input")!;
    box.checked = await chrome.permissions.contains({ origins: [site] });
    box.addEventListener("change", () => {
      const origins = { origins: [site] };
      const done = box.checked ? chrome.permissions.request(origins) : chrome.permissions.remove(origins);
      void done.then(
        (ok) => {
          if (box.checked && !ok) box.checked = false;
          say(ok ? t("saved") : t("refused"), !ok);
        },
        () => {
          box.checked = !box.checked;
          say(t("refused"), true);
        },
      );
    });
    id("sites").append(label);
  }
}

async function showShortcuts(): Promise<void> {
  const commands = await chrome.commands.getAll();
  for (const [name, key] of [
    ["_execute_action", "shortcutPopup"],
    ["open-paper", "shortcutOpen"],
  ]) {
    const shortcut = commands.find((c) => c.name === name)?.shortcut || t("shortcutNone");
    id("shortcuts").append(el("dt", {}, t(key)), el("dd", {}, el("kbd", {}, shortcut)));
  }
}

/** Firefox has an API for its page of shortcuts, Chromium an address. */
async function changeShortcuts(): Promise<void> {
  const commands = chrome.commands as typeof chrome.commands & { openShortcutSettings?: () => Promise<void> };
  if (commands.openShortcutSettings) await commands.openShortcutSettings();
  else await chrome.tabs.create({ url: "chrome://extensions/shortcuts" });
}
