// One manifest in two dialects. Permissions are the least that is complete; a test compares them with this list's promise.
import pkg from "../package.json" with { type: "json" };
import { LINK_SITES, OPTIONAL_SITES } from "./shared/sites.js";

const icons = { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" };

const common = {
  manifest_version: 3,
  name: "__MSG_name__",
  short_name: "Scholium",
  version: pkg.version,
  description: "__MSG_description__",
  default_locale: "en",
  permissions: ["contextMenus", "storage", "activeTab", "scripting"],
  host_permissions: [],
  optional_host_permissions: OPTIONAL_SITES,
  icons,
  action: { default_title: "__MSG_actionTitle__", default_popup: "popup.html", default_icon: icons },
  options_ui: { page: "options.html", open_in_tab: true },
  omnibox: { keyword: "cp" },
  commands: {
    // Chromium grants these two; it silently drops Alt+Shift+C.
    _execute_action: { suggested_key: { default: "Alt+Shift+L" } },
    "open-paper": { suggested_key: { default: "Alt+C" }, description: "__MSG_commandOpen__" },
  },
  content_scripts: [{ matches: LINK_SITES, js: ["content.js"], run_at: "document_end" }],
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'",
  },
};

export const manifests = {
  chromium: {
    ...common,
    minimum_chrome_version: "121",
    incognito: "split",
    background: { service_worker: "background.js" },
  },
  firefox: {
    ...common,
    background: { scripts: ["later.js", "background.js"] },
    browser_specific_settings: {
      gecko: { id: "scholium@scholium.example", strict_min_version: "142.0", data_collection_permissions: { required: ["none"] } },
    },
  },
};
