// The worker thread as the engine client sees it: one implementation for Node, one for browsers.
import type { FromWorker, ToWorker } from "../protocol.js";

export interface Port {
  post(message: ToWorker): void;
  /** Stops the thread at once; `onDeath` is not called for it. */
  terminate(): void;
}

export interface PortEvents {
  onMessage(message: unknown): void;
  /** The thread ended by itself or could not start. */
  onDeath(reason: string): void;
}

/** Starts the engine's thread. `memory` is in megabytes. */
export type StartPort = (events: PortEvents, memory: number) => Port;

/** Memory a job can be cancelled through, where the platform shares memory. */
export const sharedFlag = (): SharedArrayBuffer | null => (typeof SharedArrayBuffer === "undefined" ? null : new SharedArrayBuffer(4));

export type { FromWorker, ToWorker };
