"use client";
/** The notes that are on the screen now. It keeps none: what it shows and what closes it are the provider's. */
import { Toast as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "./button";

export interface ToastNote {
  text: ReactNode;
  kind?: "plain" | "bad";
  /** Undo, or another way on. */
  action?: { label: string; onClick: () => void };
}

export interface ToastListProps {
  notes: readonly (ToastNote & { key: number })[];
  onClose: (key: number) => void;
}

export function ToastList({ notes, onClose }: ToastListProps) {
  const t = useTranslations("shell");
  return (
    <Primitive.Provider duration={7000}>
      {notes.map((note) => (
        <Primitive.Root
          key={note.key}
          className="float toast"
          onOpenChange={(open) => {
            if (!open) onClose(note.key);
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
  );
}
