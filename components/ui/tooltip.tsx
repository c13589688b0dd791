"use client";
/** Words that appear on hover and focus. Not for what a person must read. */
import { Slot } from "radix-ui";
import { type ComponentType, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { TooltipFloatProps, TooltipSide } from "./tooltip-float";

export interface TooltipProps {
  text: ReactNode;
  children: ReactNode;
  side?: TooltipSide;
  /** Opens on a tap too, where there is no hover; not for buttons, whose tap does something else. */
  onTap?: boolean;
}

interface Shown {
  anchor: Element;
  Float: ComponentType<TooltipFloatProps>;
}

const DELAY_MS = 300;
/** Who has just read one hint need not wait for the next. */
const STILL_READING_MS = 200;
/** One hint at a time, on the whole page: how the one that is there is taken away. */
let setOther: ((shown: null) => void) | null = null;
let lastShut = 0;

/** Most visits see no hint, so what places one comes with the first button that the pointer or the cursor is on. */
const loadFloat = () => import("./tooltip-float");

export function Tooltip({ text, children, side = "top", onTap = false }: TooltipProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [describedBy, setDescribedBy] = useState<string>();
  const wanted = useRef<Element>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPressed = useRef(false);

  const shut = useCallback(() => {
    clearTimeout(waiting.current);
    wanted.current = null;
    if (setOther === setShown) {
      setOther = null;
      lastShut = Date.now();
    }
    setShown(null);
  }, []);
  useEffect(() => shut, [shut]);

  async function show(anchor: Element) {
    clearTimeout(waiting.current);
    wanted.current = anchor;
    try {
      const { TooltipFloat: Float } = await loadFloat();
      if (wanted.current !== anchor) return;
      if (setOther !== setShown) setOther?.(null);
      setOther = setShown;
      setShown({ anchor, Float });
    } catch {
      // The console is away, and says so elsewhere; the page goes on without the hint.
    }
  }
  function approach(anchor: Element) {
    void loadFloat().catch(() => undefined);
    clearTimeout(waiting.current);
    const delay = setOther !== null || Date.now() - lastShut < STILL_READING_MS ? 0 : DELAY_MS;
    waiting.current = setTimeout(() => void show(anchor), delay);
  }

  return (
    <>
      <Slot.Root
        aria-describedby={shown ? describedBy : undefined}
        onPointerEnter={({ currentTarget, pointerType }) => {
          if (pointerType !== "touch") approach(currentTarget);
        }}
        onPointerLeave={() => clearTimeout(waiting.current)}
        onPointerDown={() => {
          shut();
          isPressed.current = true;
          document.addEventListener("pointerup", () => (isPressed.current = false), { once: true });
        }}
        onPointerUp={({ currentTarget, pointerType }) => {
          if (onTap && pointerType === "touch") setTimeout(() => void show(currentTarget));
        }}
        onFocus={({ currentTarget }) => {
          if (!isPressed.current) void show(currentTarget);
        }}
        onBlur={shut}
        onClick={shut}
      >
        {children}
      </Slot.Root>
      {shown && (
        <shown.Float anchor={shown.anchor} side={side} onShut={shut} onNamed={setDescribedBy}>
          {text}
        </shown.Float>
      )}
    </>
  );
}
