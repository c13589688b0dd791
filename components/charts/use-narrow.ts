"use client";
/** Whether the window is as narrow as a phone, for what style sheets cannot say (chart sizes, tick counts). */
import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 640px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(QUERY);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}
