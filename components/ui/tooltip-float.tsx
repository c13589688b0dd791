"use client";
/**
 * The hint itself, from its opening on: placed beside its anchor, gone with Escape, a scroll, or a pointer that leaves both.
 * It does not know when it opens.
 */
import { Tooltip as Primitive } from "radix-ui";
import { type ReactNode, type Ref, useLayoutEffect, useRef } from "react";

export type TooltipSide = "top" | "right" | "bottom" | "left";

export interface TooltipFloatProps {
  /** What the hint is about. */
  anchor: Element;
  side: TooltipSide;
  onShut: () => void;
  /** Told the id under which the hint is read aloud. */
  onNamed: (id: string | undefined) => void;
  children: ReactNode;
}

export function TooltipFloat({ anchor, side, onShut, onNamed, children }: TooltipFloatProps) {
  return (
    <Primitive.Provider>
      <Primitive.Root
        open
        onOpenChange={(open) => {
          if (!open) onShut();
        }}
      >
        <Primitive.Trigger asChild>
          <StandIn anchor={anchor} onNamed={onNamed} />
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content className="float tip" side={side} sideOffset={6} collisionPadding={8}>
            {children}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}

interface StandInProps extends Pick<TooltipFloatProps, "anchor" | "onNamed"> {
  ref?: Ref<Element>;
  "aria-describedby"?: string;
}

/** Draws nothing: hands the anchor, which was on the page before, to the library in place of a trigger of its own. */
function StandIn({ anchor, onNamed, ref, "aria-describedby": id }: StandInProps) {
  const latest = useRef(ref);
  useLayoutEffect(() => void (latest.current = ref));
  useLayoutEffect(() => {
    hand(latest.current, anchor);
    return () => hand(latest.current, null);
  }, [anchor]);
  useLayoutEffect(() => onNamed(id), [onNamed, id]);
  return null;
}

function hand(ref: Ref<Element> | undefined, element: Element | null) {
  if (typeof ref === "function") ref(element);
  else if (ref) ref.current = element;
}
