"use client";
/** The name of the run to be: a word with a pencil, a line to type when pressed. */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../ui/icon";
import { useTrainField } from "./use-train-field";

export function RunName() {
  const t = useTranslations("train");
  const field = useTrainField("name");
  const [editing, setEditing] = useState(false);
  if (!editing) {
    return (
      <button
        type="button"
        className={`btn btn--ghost px-1 text-lg ${field.value ? "text-fg" : "faint"}`}
        title={t("nameHint")}
        onClick={() => setEditing(true)}
      >
        <span className="clip max-w-60">{field.value || t("nameIt")}</span>
        <Icon name="edit" />
      </button>
    );
  }
  return (
    <input
      className="control w-56"
      aria-label={t("nameLabel")}
      placeholder={t("nameHint")}
      value={field.value}
      maxLength={100}
      autoFocus
      spellCheck={false}
      onChange={(event) => field.onChange(toRunName(event.target.value))}
      onBlur={() => setEditing(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") {
          event.preventDefault();
          setEditing(false);
        }
      }}
    />
  );
}

/** What may be a folder's name: spaces become dashes, other signs fall away. */
export function toRunName(typed: string): string {
  return typed
    .replaceAll(/\s+/g, "-")
    .replaceAll(/[^A-Za-z0-9._-]/g, "")
    .replace(/^[._-]+/, "");
}
