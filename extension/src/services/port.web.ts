// The engine in a Web Worker: vscode.dev and every web extension host. The script's address is of another origin or no address a worker
// may load, so its text is read through the editor's file system and started from a blob.
import * as vscode from "vscode";
import type { StartPort, ToWorker } from "./port.js";

const read = async (directory: vscode.Uri, file: string) =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(directory, file)));

export const webPort =
  (directory: vscode.Uri): StartPort =>
  (events) => {
    let worker: Worker | undefined;
    let over = false;
    const waiting: ToWorker[] = [];
    const died = (reason: string) => {
      if (over) return;
      over = true;
      worker?.terminate();
      events.onDeath(reason);
    };
    const chunk = (name: string) =>
      read(directory, `chunks/${name}.js`).then(
        (text) => worker?.postMessage({ type: "chunk", name, text } satisfies ToWorker),
        (e) => died(String(e)),
      );
    read(directory, "worker.web.js").then(
      (text) => {
        if (over) return;
        const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
        worker = new Worker(address);
        worker.onmessage = ({ data }) => {
          URL.revokeObjectURL(address); // not earlier: the editor's own start-up script of a worker loads it a moment later
          if (data?.type === "want" && typeof data.name === "string" && /^[a-z]+$/.test(data.name)) void chunk(data.name);
          else events.onMessage(data);
        };
        worker.onerror = (e) => {
          e.preventDefault();
          died(e.message || "the worker stopped");
        };
        for (const message of waiting) worker.postMessage(message);
        waiting.length = 0;
      },
      (e) => died(String(e)),
    );
    return {
      post: (message) => (worker ? worker.postMessage(message) : waiting.push(message)),
      terminate: () => {
        over = true;
        worker?.terminate();
      },
    };
  };
