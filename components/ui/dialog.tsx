"use client";
/**
 * A question over the page (`Dialog`) or a panel from its side (`Sheet`; from below on a phone). Escape closes. The
 * cursor starts in the first control inside, not on the cross, whose name would stand in the way, and goes back to
 * the button that it came from. No control inside takes it by itself (autoFocus): a closing menu would take it away.
 */
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "./button";
import { useOpener } from "./use-opener";

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

const FOCUSABLE =
  'input:not([type=file], [disabled]), textarea, select, button:not([disabled]), a[href], [tabindex="0"]';

function Floating({ open, onOpenChange, title, className, children }: DialogProps & { className: string }) {
  const t = useTranslations("shell");
  const body = useRef<HTMLDivElement>(null);
  const focusOpener = useOpener(open);

  function focusInside(event: Event) {
    event.preventDefault();
    if (body.current?.contains(document.activeElement)) return;
    const first = body.current?.querySelector<HTMLElement>(FOCUSABLE);
    (first ?? body.current?.closest<HTMLElement>("[role=dialog]"))?.focus();
  }

  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="veil" />
        <Primitive.Content
          className={className}
          aria-describedby={undefined}
          onOpenAutoFocus={focusInside}
          onCloseAutoFocus={focusOpener}
        >
          <div className="row between">
            <Primitive.Title asChild>
              <h2 className="min-w-0">{title}</h2>
            </Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon="close" label={t("close")} />
            </Primitive.Close>
          </div>
          <div ref={body} className="contents">
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
