"use client";
/** Words that appear on hover and focus. Not for what a person must read. */
import { Tooltip as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";

export interface TooltipProps {
  text: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** Opens on a tap too, where there is no hover; not for buttons, whose tap does something else. */
  onTap?: boolean;
}

export function Tooltip({ text, children, side = "top", onTap = false }: TooltipProps) {
  const [open, setOpen] = useState(false);
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      <Primitive.Trigger
        asChild
        onPointerUp={(event) => {
          if (onTap && event.pointerType === "touch") setTimeout(() => setOpen(true));
        }}
      >
        {children}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="float tip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const TooltipProvider = Primitive.Provider;
