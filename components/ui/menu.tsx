"use client";
/** A button that opens a list of things to do, or of values of which one is on. */
import { lazy } from "react";
import type { MenuProps } from "./menu-list";
import { OpensLate } from "./opens-late";

export type { MenuItem } from "./menu-list";

const loadList = () => import("./menu-list").then((module) => ({ default: module.MenuList }));
const MenuList = lazy(loadList);

export function Menu({ items, children, align = "end" }: MenuProps) {
  return (
    <OpensLate
      popup="menu"
      button={children}
      opensAt={(key) => key === "ArrowDown"}
      load={loadList}
      opened={(by) => (
        <MenuList items={items} align={align} byKey={by === "key"}>
          {children}
        </MenuList>
      )}
    />
  );
}
