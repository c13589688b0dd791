"use client";
/** One of a few values, in a list that opens. */
import { lazy } from "react";
import { OpensLate } from "./opens-late";
import { SelectFace, type SelectProps } from "./select-face";

export type { SelectOption } from "./select-face";

const loadList = () => import("./select-list").then((module) => ({ default: module.SelectList }));
const SelectList = lazy(loadList);

export function Select(props: SelectProps) {
  const { value, options, onChange: _onChange, className = "", ...button } = props;
  return (
    <OpensLate
      popup="listbox"
      button={
        <button type="button" role="combobox" className={`control ${className}`} {...button}>
          <SelectFace value={value} options={options} />
        </button>
      }
      // A letter looks for an option, as in a browser's own list.
      opensAt={(key) => key === "ArrowDown" || key === "ArrowUp" || /^\S$/u.test(key)}
      load={loadList}
      opened={() => <SelectList {...props} />}
    />
  );
}
