// Questions of the panel about its value, with their answers.
import type { FromPanel, Part, PartAnswer, Saved } from "../src/panelMessages.js";
import { hostOf } from "./host.js";
import { Turn } from "./turn.js";

export const { send, keep, kept } = hostOf<FromPanel, Saved>();

type Then = (answer: PartAnswer) => void;

let nextId = 1;
const waiting = new Map<number, Then>();

/** Asks for a part of the value. */
export function ask(part: Part, then: Then): void {
  const id = nextId++;
  waiting.set(id, then);
  send({ type: "ask", id, part });
}

export function answered(id: number, answer: PartAnswer): void {
  const then = waiting.get(id);
  waiting.delete(id);
  then?.(answer);
}

const turns = new Map<string, Turn>();

/** Asks with at most one question of a kind on its way; of those that come meanwhile only the newest is asked, so that a slider is followed closely. */
export function askLatest(name: string, part: Part, then: Then): void {
  const turn = turns.get(name) ?? new Turn();
  turns.set(name, turn);
  turn.ask(() =>
    ask(part, (answer) => {
      turn.done();
      then(answer);
    }),
  );
}

/** Another value is shown: answers about the old one are of no use. */
export function forgetQuestions(): void {
  waiting.clear();
  turns.clear();
}
