// Where the menus appear.

export type Context = "page" | "selection" | "link";

// `frame` is what Chromium's PDF viewer shows where Firefox's shows `page`.
export const CONTEXTS: Readonly<Record<Context, chrome.contextMenus.CreateProperties["contexts"]>> = {
  page: ["page", "frame"],
  selection: ["selection"],
  link: ["link"],
};
