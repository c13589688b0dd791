"use client";
/** Keeps a scrolling box at its end while content grows, until the reader scrolls up. */
import { type RefObject, useEffect, useRef } from "react";

/** Nearer to the end than this counts as being there. */
const END_PX = 80;

/** Scrolls `box` to its end whenever `content` changes, unless the reader has left the end. */
export function useStickyEnd(box: RefObject<HTMLElement | null>, content: unknown) {
  const sticks = useRef(true);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    function onScroll() {
      sticks.current = element!.scrollHeight - element!.scrollTop - element!.clientHeight < END_PX;
    }
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [box]);

  useEffect(() => {
    const element = box.current;
    if (sticks.current && element) element.scrollTo({ top: element.scrollHeight });
  }, [box, content]);
}
