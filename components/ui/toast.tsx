"use client";
/** Short notes that pass: what was done, with the way to undo it. `useToast()` shows one. */
import { Toast as Primitive } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "./button";

export interface ToastNote {
  text: ReactNode;
  kind?: "plain" | "bad";
  /** Undo, or another way on. */
  action?: { label: string; onClick: () => void };
}

const ToastContext = createContext<(note: ToastNote) => void>(() => undefined);

/** The function that shows a note. */
export function useToast(): (note: ToastNote) => void {
  return useContext(ToastContext);
}

let nextKey = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const [notes, setNotes] = useState<(ToastNote & { key: number })[]>([]);
  const show = useCallback((note: ToastNote) => {
    nextKey += 1;
    const key = nextKey;
    setNotes((shown) => [...shown.slice(-2), { ...note, key }]);
  }, []);

  return (
    <ToastContext.Provider value={show}>
      <Primitive.Provider duration={7000}>
        {children}
        {notes.map((note) => (
          <Primitive.Root
            key={note.key}
            className="float toast"
            onOpenChange={(open) => {
              if (!open) setNotes((shown) => shown.filter((other) => other.key !== note.key));
            }}
          >
            <Primitive.Description className={`grow ${note.kind === "bad" ? "t-bad" : ""}`}>
              {note.text}
            </Primitive.Description>
            {note.action && (
              <Primitive.Action asChild altText={note.action.label}>
                <Button size="sm" onClick={note.action.onClick}>
                  {note.action.label}
                </Button>
              </Primitive.Action>
            )}
            <Primitive.Close asChild>
              <IconButton icon="close" label={t("dismiss")} />
            </Primitive.Close>
          </Primitive.Root>
        ))}
        <Primitive.Viewport className="toasts" />
      </Primitive.Provider>
    </ToastContext.Provider>
  );
}
