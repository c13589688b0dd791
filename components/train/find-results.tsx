"use client";
/** The settings that match what was typed into "Find a setting", each with its explanation in the open. */
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { ExtraArguments } from "./more-section";
import { type NamedField, useFieldWords } from "./field-words";
import { argumentsOf } from "./form-config";
import { SettingField } from "./setting-field";
import { type SettingName, SETTING_NAMES, SETTINGS } from "./settings-table";
import { useApplying } from "./use-applying";

export interface FindResultsProps {
  text: string;
  onClear: () => void;
}

/** More than these are shown on request, so that one letter does not draw two hundred controls. */
const SHOWN_AT_FIRST = 24;

export function FindResults({ text, onClear }: FindResultsProps) {
  const t = useTranslations("train");
  const applies = useApplying();
  const index = useSearchIndex();
  const [all, setAll] = useState("");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (haystack: string) => words.every((word) => haystack.includes(word));
  const found = index.filter(({ haystack }) => matches(haystack)).map(({ name }) => name);
  const useful = found.filter(applies);
  const idle = found.filter((name) => !useful.includes(name));
  const shown = all === text ? useful : useful.slice(0, SHOWN_AT_FIRST);
  const extra = matches(`${t("group.extra.title")} extra`.toLowerCase());

  return (
    <section className="border-t border-line py-5" aria-live="polite">
      <div className="row between mb-4">
        <h2>{t("found", { count: found.length + (extra ? 1 : 0), text })}</h2>
        <Button kind="link" onClick={onClear}>
          {t("clearFind")}
        </Button>
      </div>
      <div className="grid4--fields grid grid-cols-2 gap-x-6 gap-y-5 max-wide:grid-cols-1">
        {shown.map((name) => (
          <SettingField key={name} name={name} explained />
        ))}
      </div>
      {shown.length < useful.length && (
        <Button className="mt-4" onClick={() => setAll(text)}>
          {t("showMore", { count: useful.length - shown.length })}
        </Button>
      )}
      {idle.length > 0 && <IdleSettings names={idle} />}
      {extra && <ExtraArguments />}
    </section>
  );
}

/** Settings that match but that nothing looks at as the form is, each with what it waits for. */
function IdleSettings({ names }: { names: readonly SettingName[] }) {
  const t = useTranslations("train");
  const { nameOf } = useFieldWords();
  const condition = (name: SettingName) =>
    (SETTINGS[name].when ?? [])
      .map((all) =>
        Object.entries(all)
          .map(([field, values]) =>
            values[0] === true
              ? nameOf(field as NamedField)
              : `${nameOf(field as NamedField)} ${values.map(String).join(", ")}`,
          )
          .join(" + "),
      )
      .join(" / ");
  return (
    <>
      <h3 className="mt-6 mb-2">{t("idle")}</h3>
      <ul className="list text-md">
        {names.map((name) => (
          <li key={name} className="row between row--wrap">
            <span>
              {nameOf(name)} <code className="faint">{name}</code>
            </span>
            <span className="muted">{t("needs", { condition: condition(name) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface IndexedSetting {
  name: SettingName;
  haystack: string;
}

/** What the search looks through: argument names, label, explanation and the group's title of every setting. */
function useSearchIndex(): readonly IndexedSetting[] {
  const t = useTranslations("train");
  const { nameOf, explain } = useFieldWords();
  return useMemo(
    () =>
      SETTING_NAMES.map((name) => {
        const { group } = SETTINGS[name];
        const title =
          group === "lora" || group === "preference" || group === "numbers"
            ? group
            : t(`group.${group}.title`);
        const parts = [...argumentsOf(name), nameOf(name), explain(name), title];
        return { name, haystack: parts.join(" ").toLowerCase() };
      }),
    [t, nameOf, explain],
  );
}
