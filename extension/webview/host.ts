// The host behind a page: messages out and in, and the state that survives a reload.
import { DecodeError, type Decoder } from "../src/decode.js";

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

export interface Host<Out, State> {
  readonly send: (message: Out) => void;
  readonly keep: (state: State) => void;
  readonly kept: () => unknown;
}

/** The way to the host; a page may ask for it once. */
export function hostOf<Out, State>(): Host<Out, State> {
  const api = acquireVsCodeApi();
  return { send: (message) => api.postMessage(message), keep: (state) => api.setState(state), kept: () => api.getState() };
}

/** Takes what the host says; what is no message is refused. */
export function listen<In>(decode: Decoder<In>, receive: (message: In) => void): void {
  window.addEventListener("message", ({ data }) => {
    try {
      receive(decode(data));
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      console.warn(`message refused: ${e.message}`);
    }
  });
}

/** An act that is done once things have rested. */
export function soon(act: () => void, milliseconds = 150): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}
