// A place in a text that is being read, and what readers of all kinds do there.
import { fail, type Range, said } from "../../../expr/index.js";
import { type Argument, readArgument } from "../macros.js";
import type { State } from "./state.js";

export class Scan {
  constructor(
    readonly state: State,
    readonly text: string,
    /** What is read next. */
    public at: number,
    readonly to: number,
    /** Of every token, where the text came out of a macro. */
    readonly place: Range | undefined,
    readonly depth: number,
  ) {}

  put(kind: string, text: string, start: number, end = this.at, value?: unknown): void {
    const { place, state } = this;
    if (place) state.push(kind, text, place[0], place[1], value);
    else state.push(kind, text, start, end, value);
  }

  range(start: number, end = this.at): Range {
    return this.place ?? [start, Math.min(end, this.to)];
  }

  char(): string {
    return this.text.charAt(this.at);
  }

  skipSpace(): void {
    while (this.at < this.to && /\s/.test(this.char())) this.at++;
  }

  /** What matches right here, within so many characters and the text's end; not taken. */
  match(pattern: RegExp, within: number): string | undefined {
    const found = pattern.exec(this.text.slice(this.at, Math.min(this.to, this.at + within)))?.[0];
    return found || undefined;
  }

  /** Takes one argument of the command that began at `start`. */
  argument(command: string, start: number): Argument {
    const a = readArgument(this.text, this.at, this.to);
    if (a.from === a.end) fail("missing-argument", said`${command} needs an argument`, this.range(start));
    if (a.open) fail("unbalanced", said`the argument of ${command} is never closed`, this.range(a.from - 1, a.from), 'add "}"');
    this.at = a.end;
    return a;
  }

  /** Reads a part of the text that was passed over, one level deeper. */
  read(from: number, to: number): void {
    this.state.read(this.state, this.text, from, to, this.place, this.depth + 1);
  }

  /** Reads another text in the place of text[start, end). */
  readInstead(other: string, start: number, end: number, depth: number): void {
    this.state.read(this.state, other, 0, other.length, this.range(start, end), depth);
  }
}
