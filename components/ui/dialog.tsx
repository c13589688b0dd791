"use client";
/**
 * A question over the page (`Dialog`) or a panel from its side (`Sheet`; from below on a phone). Escape closes. The
 * cursor starts in the first control inside, not on the cross, whose name would stand in the way, and goes back to
 * the button that it came from. No control inside takes it by itself (autoFocus): a closing menu would take it away.
 */
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
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

const FOCUSABLE =
  'input:not([type=file], [disabled]), textarea, select, button:not([disabled]), a[href], [tabindex="0"]';

function Floating({ open, onOpenChange, title, className, children }: DialogProps & { className: string }) {
  const t = useTranslations("shell");
  const body = useRef<HTMLDivElement>(null);
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  // Before anything inside can take the cursor. Radix knows only openers that it has drawn itself.
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setOpener(openerOf(document.activeElement));
  }

  function focusInside(event: Event) {
    event.preventDefault();
    if (body.current?.contains(document.activeElement)) return;
    const first = body.current?.querySelector<HTMLElement>(FOCUSABLE);
    (first ?? body.current?.closest<HTMLElement>("[role=dialog]"))?.focus();
  }

  function focusOpener(event: Event) {
    event.preventDefault();
    opener?.focus();
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

/** The button that was pressed: an item of a menu is gone by the time the dialog closes, its menu's button is not. */
function openerOf(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest("[role=menu]");
  const button = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : focused;
  return button instanceof HTMLElement ? button : null;
}
