/** The themes of pictures and checks: the value of `workbench.colorTheme`, and the words in the list of themes. */
export const themes = {
  light: { setting: "Default Light Modern", label: "Light Modern" },
  dark: { setting: "Default Dark Modern", label: "Dark Modern" },
  "hc-dark": { setting: "Default High Contrast", label: "Dark High Contrast" },
  "hc-light": { setting: "Default High Contrast Light", label: "Light High Contrast" },
};

/** Name and setting of each. */
export const themeSettings = Object.fromEntries(Object.entries(themes).map(([name, { setting }]) => [name, setting]));
