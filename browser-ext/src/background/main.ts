// The background: every listener is registered here, at once, so that a sleeping worker woken by an event hears it.
import { later } from "./later.js";
import { onMenu } from "./menus.js";
import { forgetSettings, settings } from "./settings.js";

chrome.runtime.onInstalled.addListener(() => void setUp());
chrome.runtime.onStartup.addListener(() => void setUp());
chrome.contextMenus.onClicked.addListener(onMenu);
chrome.commands.onCommand.addListener(async (command, tab) => (await later()).onCommand(command, tab));
chrome.omnibox.onInputChanged.addListener(async (text, suggest) => (await later()).onInputChanged(text, suggest));
chrome.omnibox.onInputEntered.addListener(async (text, disposition) => (await later()).onInputEntered(text, disposition));
chrome.runtime.onMessage.addListener((value, sender, respond) => {
  void later().then(async ({ onMessage }) => respond(await onMessage(value, sender)));
  return true;
});
chrome.permissions.onAdded.addListener(() => void registerSites());
chrome.permissions.onRemoved.addListener(() => void registerSites());
chrome.storage.onChanged.addListener((changes) => {
  if (!changes.settings) return;
  forgetSettings();
  void buildMenus();
});

const buildMenus = async () => (await later()).buildMenus();
const registerSites = async () => (await later()).registerSites();

async function setUp(): Promise<void> {
  await Promise.all([buildMenus(), registerSites()]);
}

// Asked for at once: most events need them, and waiting for storage is what takes longest.
void settings();
