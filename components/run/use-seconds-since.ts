"use client";
/** A clock that ticks once per second. */
import { useEffect, useState } from "react";

/** Seconds since `iso` (0 where it is null); ticks each second. */
export function useSecondsSince(iso: string | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, (now - (iso ? Date.parse(iso) : now)) / 1000);
}
