// The host behind the view: messages out, questions with their answers, and the state that survives a reload.
import type { FromPanel, Part, PartAnswer, Saved } from "../src/panelMessages.js";

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void; getState(): unknown; setState(state: Saved): void };
const api = acquireVsCodeApi();

export const send = (message: FromPanel): void => api.postMessage(message);
export const keep = (state: Saved): void => api.setState(state);
export const kept = (): unknown => api.getState();

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

interface Slot {
  busy: boolean;
  next?: () => void;
}
const slots = new Map<string, Slot>();

/** Asks with at most one question of a kind on its way: of those that come meanwhile only the newest is asked, and only its answer is told. */
export function askLatest(name: string, part: Part, then: Then): void {
  const slot = slots.get(name) ?? { busy: false };
  slots.set(name, slot);
  const start = () => {
    slot.busy = true;
    ask(part, (answer) => {
      slot.busy = false;
      const { next } = slot;
      slot.next = undefined;
      if (next) next();
      else then(answer);
    });
  };
  if (slot.busy) slot.next = start;
  else start();
}

/** Another value is shown: answers about the old one are of no use. */
export function forgetQuestions(): void {
  waiting.clear();
  slots.clear();
}
