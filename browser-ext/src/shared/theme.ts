// Light, dark or as the system, also while the page is open.
import type { Theme } from "./settings.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
let wanted: Theme = "system";

const apply = () => {
  document.documentElement.dataset.theme = wanted === "system" ? (dark.matches ? "dark" : "light") : wanted;
};

dark.addEventListener("change", apply);
apply();

export function setTheme(theme: Theme): void {
  wanted = theme;
  apply();
}
