// A moment by the clock and by the processor time of this thread, where the host tells it (Node 23.9 and later). The clock counts waiting for a
// processor as well, of which there is much while a window loads.

export interface Moment {
  /** In milliseconds. */
  readonly clock: number;
  /** In microseconds. */
  readonly processor?: { readonly user: number; readonly system: number } | undefined;
}

const host = (globalThis as { process?: { threadCpuUsage?(): Moment["processor"] } }).process;

export const moment = (): Moment => ({ clock: performance.now(), processor: host?.threadCpuUsage?.() });
