"use client";
/** Whether the window is as narrow as a phone, for what style sheets cannot say (chart sizes, tick counts). */
import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 640px)";

let media: MediaQueryList | null = null;

function query(): MediaQueryList {
  media ??= window.matchMedia(QUERY);
  return media;
}

function subscribe(listener: () => void): () => void {
  query().addEventListener("change", listener);
  return () => query().removeEventListener("change", listener);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => query().matches,
    () => false,
  );
}
