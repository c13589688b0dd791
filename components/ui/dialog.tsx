"use client";
/** A question over the page (`Dialog`) or a panel from its side (`Sheet`; from below on a phone). Escape closes. */
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "./button";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  children: ReactNode;
}

export function Dialog(props: DialogProps) {
  return <Floating {...props} className="float dialog" />;
}

export function Sheet(props: DialogProps) {
  return <Floating {...props} className="float sheet" />;
}

function Floating({ open, onOpenChange, title, className, children }: DialogProps & { className: string }) {
  const t = useTranslations("shell");
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="veil" />
        <Primitive.Content className={className} aria-describedby={undefined}>
          <div className="row between">
            <Primitive.Title asChild>
              <h2 className="min-w-0">{title}</h2>
            </Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon="close" label={t("close")} />
            </Primitive.Close>
          </div>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
