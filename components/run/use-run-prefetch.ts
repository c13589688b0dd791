"use client";
/** Fetches what a run's page needs while a pointer or the cursor rests on a link to it. */
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FocusEvent, type PointerEvent, useRef } from "react";
import { runQuery } from "@/components/api/queries";

/** A pointer on its way to somewhere else rests on nothing for so long. */
const REST_MS = 60;
/** What was fetched on the way is as good as fetched by the page itself. */
const FRESH_MS = 5_000;

interface RunPrefetch {
  onPointerOver: (event: PointerEvent) => void;
  onPointerLeave: () => void;
  onFocus: (event: FocusEvent) => void;
}

/** Handlers for an element that holds links to runs (`/runs/<id>`), however many. */
export function useRunPrefetch(): RunPrefetch {
  const router = useRouter();
  const queries = useQueryClient();
  const rest = useRef<{ link: Element; timer: ReturnType<typeof setTimeout> } | null>(null);

  function leave() {
    clearTimeout(rest.current?.timer);
    rest.current = null;
  }

  function comeOver({ target }: { target: EventTarget }) {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/runs/"]') : null;
    if (link && link === rest.current?.link) return;
    leave();
    if (!link) return;
    const { pathname } = link;
    const timer = setTimeout(() => {
      router.prefetch(pathname);
      void queries.prefetchQuery({
        ...runQuery(decodeURIComponent(pathname.slice("/runs/".length))),
        staleTime: FRESH_MS,
      });
      void import("@/components/charts/run-charts").catch(() => undefined);
    }, REST_MS);
    rest.current = { link, timer };
  }

  return { onPointerOver: comeOver, onPointerLeave: leave, onFocus: comeOver };
}
