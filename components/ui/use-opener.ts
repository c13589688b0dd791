"use client";
/** Gives the cursor back to the button that something over the page came from. Radix knows only openers that it has drawn. */
import { useState } from "react";

/** @returns what to do when it has closed, as Radix' `onCloseAutoFocus` */
export function useOpener(open: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  // Before anything inside can take the cursor.
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setOpener(openerOf(document.activeElement));
  }
  return (event) => {
    event.preventDefault();
    opener?.focus();
  };
}

/** The button that was pressed: an entry of a menu or list is gone by the time that this closes, its button is not. */
function openerOf(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest("[role=menu]");
  const list = focused?.closest(".float:not(.dialog, .sheet)");
  const button = menu
    ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "")
    : list?.id
      ? document.querySelector(`[aria-controls="${list.id}"]`)
      : focused;
  return button instanceof HTMLElement ? button : null;
}
