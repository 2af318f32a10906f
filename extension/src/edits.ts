// Edits and ranges in UTF-16 offsets, without an editor.

/** One edit in UTF-16 offsets of the text before it. */
export interface Change {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** Moves a range through edits. Text inserted at either end stays outside; a range whose text is gone shrinks to nothing. */
export function moveRange(range: readonly [number, number], changes: readonly Change[]): readonly [number, number] {
  let [start, end] = range;
  // Edits of one event refer to the text before all of them; from the last to the first they do not disturb each other.
  for (const c of [...changes].sort((a, b) => b.start - a.start)) {
    const grown = c.text.length - c.length;
    const stop = c.start + c.length;
    if (c.start >= end && !(c.start === end && c.length === 0 && start === end)) continue;
    if (stop <= start) {
      start += grown;
      end += grown;
    } else {
      if (c.start < start) start = c.start + c.text.length;
      end = stop >= end ? Math.max(start, stop > end ? c.start : end + grown) : end + grown;
    }
  }
  return [start, Math.max(start, end)];
}

/** The text after edits that all refer to the text before them. */
export function applyChanges(text: string, changes: readonly Change[]): string {
  let out = text;
  for (const c of [...changes].sort((a, b) => b.start - a.start)) out = out.slice(0, c.start) + c.text + out.slice(c.start + c.length);
  return out;
}
