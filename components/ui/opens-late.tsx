"use client";
/**
 * A button whose float comes with its first opening: most stay shut, and what places and searches them weighs more than
 * they show. It does not know what opens.
 */
import { Slot } from "radix-ui";
import { type ReactNode, Suspense, useState } from "react";

export interface OpensLateProps {
  popup: "menu" | "dialog" | "listbox";
  /** The button while nothing is open yet. */
  button: ReactNode;
  /** Keys that open it beside Enter and Space, which a button takes as a click. */
  opensAt?: (key: string) => boolean;
  /** Fetches what will open: the pointer or the cursor is on the button. */
  load: () => Promise<unknown>;
  /** The button and what it has opened, which shuts and opens by itself from then on. */
  opened: (by: "pointer" | "key") => ReactNode;
}

export function OpensLate({ popup, button, opensAt, load, opened }: OpensLateProps) {
  const [openedBy, setOpenedBy] = useState<"pointer" | "key" | null>(null);
  // Where nothing comes, because the console is away, the button stays as it is and can be pressed again.
  const approach = () => void load().catch(() => undefined);
  const open = (by: "pointer" | "key") =>
    void load().then(
      () => setOpenedBy(by),
      () => undefined,
    );
  const shut = (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={false}
      onPointerEnter={approach}
      onFocus={approach}
      // A key's click has no place.
      onClick={(event) => open(event.detail === 0 ? "key" : "pointer")}
      onKeyDown={(event) => {
        if (!opensAt?.(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        open("key");
      }}
    >
      {button}
    </Slot.Root>
  );
  return openedBy === null ? shut : <Suspense fallback={shut}>{opened(openedBy)}</Suspense>;
}
