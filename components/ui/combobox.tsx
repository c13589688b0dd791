"use client";
/** A list that opens with a search line: picks one of many, and may take what was typed as it stands. */
import { lazy } from "react";
import type { ComboboxProps } from "./combobox-float";
import { OpensLate } from "./opens-late";

export type { ComboboxOption } from "./combobox-list";
export type { ComboboxProps } from "./combobox-float";

const loadFloat = () => import("./combobox-float").then((module) => ({ default: module.ComboboxFloat }));
const ComboboxFloat = lazy(loadFloat);

export function Combobox(props: ComboboxProps) {
  return (
    <OpensLate
      popup="dialog"
      button={props.children}
      load={loadFloat}
      opened={() => <ComboboxFloat {...props} />}
    />
  );
}
