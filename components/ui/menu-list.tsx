"use client";
/** A menu from its opening on: the button, and the list that it opens and shuts. */
import { DropdownMenu } from "radix-ui";
import { type FocusEvent, type ReactNode, useRef } from "react";
import { Icon, type IconName } from "./icon";

export interface MenuItem {
  key: string;
  label: ReactNode;
  icon?: IconName;
  onSelect: () => void;
  disabled?: boolean;
  /** Set in a menu of values: whether this one is on. */
  checked?: boolean;
}

export interface MenuProps {
  items: readonly MenuItem[];
  /** The button. */
  children: ReactNode;
  align?: "start" | "end";
}

export interface MenuListProps extends MenuProps {
  /** A key opened it first, so the first item gets the cursor. */
  byKey: boolean;
}

export function MenuList({ items, children, align, byKey }: MenuListProps) {
  const isNew = useRef(true);

  /** The list takes the cursor as it opens; at a key it hands it on, as it does by itself from the second time on. */
  function handOn({ target, currentTarget }: FocusEvent<HTMLDivElement>) {
    if (target !== currentTarget || !isNew.current) return;
    isNew.current = false;
    if (byKey) currentTarget.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
  }

  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="float menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onFocus={handOn}
        >
          {items.map((item) =>
            item.checked === undefined ? (
              <DropdownMenu.Item
                key={item.key}
                className="menu-item"
                disabled={item.disabled}
                onSelect={() => item.onSelect()}
              >
                {item.icon && <Icon name={item.icon} />}
                {item.label}
              </DropdownMenu.Item>
            ) : (
              <DropdownMenu.CheckboxItem
                key={item.key}
                className="menu-item"
                checked={item.checked}
                disabled={item.disabled}
                onSelect={() => item.onSelect()}
              >
                {item.label}
                <DropdownMenu.ItemIndicator className="end">
                  <Icon name="check" small />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.CheckboxItem>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
