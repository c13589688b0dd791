/**
 * Whether the console is there: one small store that HTTP calls and the socket report into and the top strip shows.
 * It does not connect to anything itself.
 */
import { useSyncExternalStore } from "react";

export type Connection = "live" | "reconnecting" | "stopped";

/** How long a silence may last before it is worth a word, and before the console counts as stopped. */
const PATIENCE_MS = 1_000;
const STOPPED_AFTER_MS = 8_000;

let connection: Connection = "live";
let timers: ReturnType<typeof setTimeout>[] = [];
const listeners = new Set<() => void>();

function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** Tell that the console answered: an HTTP reply, a socket connect. */
export function reportAnswer(): void {
  for (const timer of timers) clearTimeout(timer);
  timers = [];
  setConnection("live");
}

/** Tell that the console did not answer: a failed fetch, a socket that dropped. Further reports change nothing. */
export function reportSilence(): void {
  if (timers.length > 0) return;
  timers = [
    setTimeout(() => setConnection("reconnecting"), PATIENCE_MS),
    setTimeout(() => setConnection("stopped"), STOPPED_AFTER_MS),
  ];
}

/** The state as a React value. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
    () => "live",
  );
}
