// The background: every listener is registered here, at once, so that a sleeping worker woken by an event hears it.

import { onSettings } from "../shared/settings.js";
import { onCommand } from "./commands.js";
import { onMenu, rebuildMenus } from "./menus.js";
import { onMessage } from "./messages.js";
import { onInputChanged, onInputEntered } from "./omnibox.js";
import { registerSites } from "./sites.js";

chrome.runtime.onInstalled.addListener(() => void setUp());
chrome.runtime.onStartup.addListener(() => void setUp());
chrome.contextMenus.onClicked.addListener(onMenu);
chrome.commands.onCommand.addListener(onCommand);
chrome.omnibox.onInputChanged.addListener(onInputChanged);
chrome.omnibox.onInputEntered.addListener(onInputEntered);
chrome.runtime.onMessage.addListener(onMessage);
chrome.permissions.onAdded.addListener(() => void registerSites());
chrome.permissions.onRemoved.addListener(() => void registerSites());
onSettings(() => void rebuildMenus());

async function setUp(): Promise<void> {
  await Promise.all([rebuildMenus(), registerSites()]);
}
