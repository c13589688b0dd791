"use client";
/** A combobox from its opening on: the button, and the list with its search line. */
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { ComboboxList, type ListContent } from "./combobox-list";

export interface ComboboxProps extends ListContent {
  onPick: (value: string) => void;
  /** Stays open after a pick, for lists that take several. */
  keepOpen?: boolean;
  /** The button that opens the list. */
  children: ReactNode;
  align?: "start" | "end";
}

export function ComboboxFloat(props: ComboboxProps) {
  const { options, onPick, placeholder, empty, typedWords, keepOpen, children, align = "start" } = props;
  const [open, setOpen] = useState(true);
  const [typed, setTyped] = useState("");

  function pick(value: string) {
    onPick(value);
    setTyped("");
    if (!keepOpen) setOpen(false);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="float w-(--radix-popover-trigger-width) max-w-[calc(100vw-32px)] min-w-[min(360px,calc(100vw-32px))]"
          sideOffset={4}
          align={align}
          collisionPadding={8}
          aria-label={placeholder}
        >
          <ComboboxList
            {...{ options, placeholder, empty, typedWords, typed }}
            onTyped={setTyped}
            onPick={pick}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
