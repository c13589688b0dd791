"use client";
/** A button that opens a list of things to do, or of values of which one is on. */
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
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

export function Menu({ items, children, align = "end" }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="float menu" align={align} sideOffset={4} collisionPadding={8}>
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
