// Ink, paper and series colours of the four kinds of editor theme. Contrast: ink >= 4.5:1, marks >= 3:1 on the usual backgrounds.

export type ThemeKind = "light" | "dark" | "hc-dark" | "hc-light";

export interface Theme {
  readonly kind: ThemeKind;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Categorical colours (Okabe and Ito 2008), those with enough contrast on this background. */
  readonly series: readonly string[];
}

const themes: Record<ThemeKind, Theme> = {
  light: { kind: "light", ink: "#1f1f1f", muted: "#5f5f5f", grid: "#d8d8d8", series: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#1f1f1f"] },
  dark: {
    kind: "dark",
    ink: "#e6e6e6",
    muted: "#a6a6a6",
    grid: "#444444",
    series: ["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#D55E00"],
  },
  "hc-dark": { kind: "hc-dark", ink: "#ffffff", muted: "#ffffff", grid: "#6fc3df", series: ["#ffffff", "#56B4E9", "#F0E442", "#E69F00"] },
  "hc-light": { kind: "hc-light", ink: "#000000", muted: "#000000", grid: "#0f4a85", series: ["#000000", "#0F4A85", "#B5200D", "#185E00"] },
};

export const theme = (kind: ThemeKind): Theme => themes[kind];
