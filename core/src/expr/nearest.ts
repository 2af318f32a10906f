// The word someone probably meant.

/** The candidate within two edits of a word (one edit for short ones), if any. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = word.length <= 3 ? 1 : 2;
  let best: string | undefined;
  let distance = most + 1;
  for (const c of candidates) {
    if (c === word || Math.abs(c.length - word.length) > most || (word.length === 1 && c.toLowerCase() !== word.toLowerCase())) continue;
    const d = c.toLowerCase() === word.toLowerCase() ? 0.5 : edits(word, c);
    if (d < distance) [best, distance] = [c, d];
  }
  return best;
}

/** The Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] as number;
}
