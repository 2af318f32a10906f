// Typeset values as pictures of a given ink and size, remembered; the typesetter itself is loaded with the first one.
import { theme } from "@scholium/core/figure";
import type { ThemeKind } from "../../protocol.js";
import { lru } from "../cache.js";
import type { WorkerPort } from "../port.js";
import type { Typeset } from "./mathjax.js";

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface Pictures {
  /** A picture at most `width` by `height` pixels, scaled down to 0.6 if needed; null when it would be smaller still or cannot be set. */
  of(latex: string, look: { theme: ThemeKind; fontSize: number; width: number; height: number }): Promise<Picture | null>;
}

/** An ex of the font is this part of its em. */
const EX = 0.43;
const LEAST_SCALE = 0.6;
/** Longer input is not worth setting: it would not fit. */
const LONGEST = 20_000;

export function pictures(port: WorkerPort): Pictures {
  const remembered = lru<Picture | "none">(64);
  let part: Promise<{ typeset(latex: string): Typeset | null }> | undefined;
  return {
    async of(latex, look) {
      if (latex.length === 0 || latex.length > LONGEST) return null;
      const key = JSON.stringify([latex, look]);
      const found = remembered.get(key);
      if (found) return found === "none" ? null : found;
      part ??= port.load("typeset") as NonNullable<typeof part>;
      const set = (await part).typeset(latex);
      const made = set && fit(set, look);
      remembered.set(key, made ?? "none");
      return made;
    },
  };
}

function fit(set: Typeset, look: { theme: ThemeKind; fontSize: number; width: number; height: number }): Picture | null {
  const natural = { width: set.width * EX * look.fontSize, height: set.height * EX * look.fontSize };
  const scale = Math.min(1, look.width / natural.width, look.height / natural.height);
  if (scale < LEAST_SCALE) return null;
  const [width, height] = [Math.max(1, Math.ceil(natural.width * scale)), Math.max(1, Math.ceil(natural.height * scale))];
  // Colours are fixed here: a picture in a hover sees neither the editor's theme nor its style sheets.
  const svg = set.svg
    .replace(/ style="[^"]*"/, ` style="color:${theme(look.theme).ink}"`)
    .replace(/ width="[\d.]+ex"/, ` width="${width}"`)
    .replace(/ height="[\d.]+ex"/, ` height="${height}"`);
  return { svg, width, height };
}
