// What the engine needs of the thread it runs in.
import type { FromWorker } from "../protocol.js";

export interface WorkerPort {
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  /** The exports of a lazily loaded part (dist/chunks). */
  load(name: string): Promise<unknown>;
}
