// The engine in a Web Worker. Its lazy parts are read by the host, as this thread may have no address of its own.
import type { ToWorker } from "../protocol.js";
import { serve } from "./serve.js";

declare const self: {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  scholiumPart?: unknown;
};
declare function importScripts(...addresses: string[]): void;

const waiting = new Map<string, ((text: string) => void)[]>();

function evaluatePart(text: string): unknown {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    importScripts(address);
  } finally {
    URL.revokeObjectURL(address);
  }
  // The part's script says `var scholiumPart = ...` at the top level of this worker.
  return self.scholiumPart;
}

const receive = serve({
  post: (message, transfer) => self.postMessage(message, transfer ?? []),
  load: (name) =>
    new Promise<string>((resolve) => {
      const asked = waiting.get(name);
      if (asked) asked.push(resolve);
      else waiting.set(name, [resolve]);
      self.postMessage({ type: "want", name });
    }).then(evaluatePart),
});

self.onmessage = ({ data }) => {
  const chunk = data as Partial<ToWorker & { type: "chunk" }>;
  if (chunk?.type === "chunk" && typeof chunk.name === "string" && typeof chunk.text === "string") {
    for (const resolve of waiting.get(chunk.name) ?? []) resolve(chunk.text);
    waiting.delete(chunk.name);
  } else receive(data);
};
