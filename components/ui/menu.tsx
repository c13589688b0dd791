"use client";
/** A button that opens a list of things to do, or of values of which one is on. */
import { Slot } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import type { MenuProps } from "./menu-list";

export type { MenuItem } from "./menu-list";

/** Most menus stay shut, so what draws them comes with the first that opens. */
const MenuList = lazy(() => import("./menu-list").then((module) => ({ default: module.MenuList })));

export function Menu({ items, children, align = "end" }: MenuProps) {
  const [openedBy, setOpenedBy] = useState<"pointer" | "key" | null>(null);
  const button = (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      // A key's click has no place.
      onClick={(event) => setOpenedBy(event.detail === 0 ? "key" : "pointer")}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown") return;
        event.preventDefault();
        setOpenedBy("key");
      }}
    >
      {children}
    </Slot.Root>
  );
  if (openedBy === null) return button;
  return (
    <Suspense fallback={button}>
      <MenuList items={items} align={align} byKey={openedBy === "key"}>
        {children}
      </MenuList>
    </Suspense>
  );
}
