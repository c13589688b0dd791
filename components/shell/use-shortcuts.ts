"use client";
/** Keys that work on every page: `g` and a letter to move, `/` to find on this page, ⌘K or Ctrl-K for everything. */
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PAGES, SETTINGS_PAGE } from "./pages";

/** How long after `g` the second key counts. */
const SEQUENCE_MS = 1200;

/** Listens until unmounted. An element with `data-find` is what `/` goes to. */
export function useShortcuts(openPalette: () => void): void {
  const router = useRouter();
  useEffect(() => {
    let pressedG = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      if (event.key === "/") {
        const find = document.querySelector<HTMLElement>("[data-find]");
        if (find) {
          event.preventDefault();
          find.focus();
        }
        return;
      }
      if (event.key === "g") {
        pressedG = event.timeStamp;
        return;
      }
      const page = [...PAGES, SETTINGS_PAGE].find((each) => each.key === event.key);
      if (page && event.timeStamp - pressedG < SEQUENCE_MS) router.push(page.href);
      pressedG = 0;
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, openPalette]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
    target.closest("[role=menu],[role=listbox],[role=dialog]") !== null
  );
}
