"use client";
/** Chosen datasets as chips with their rows, and the list to add from, each with why it does not fit. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DatasetSummary } from "@/server/contract/api";
import { datasetsQuery } from "../api/queries";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Combobox } from "../ui/combobox";
import { Icon } from "../ui/icon";

export interface DatasetPickerProps {
  /** The button's name in its form. */
  name: string;
  /** Preference pairs are wanted, or the opposite: each kind is of no use where the other one is. */
  wantsPairs: boolean;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

export function DatasetPicker({ name: field, wantsPairs, chosen, onChange }: DatasetPickerProps) {
  const t = useTranslations("train.data");
  const say = useSay();
  const { data } = useQuery(datasetsQuery);
  const datasets = data?.items ?? [];

  function toggle(name: string) {
    onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  }

  /** Why a dataset cannot be used; null where it can. */
  function reasonAgainst(dataset: DatasetSummary): string | null {
    if (dataset.problem !== null) return say(dataset.problem);
    if (dataset.ranking === wantsPairs) return null;
    return t(wantsPairs ? "noPairs" : "pairs");
  }

  return (
    <>
      {chosen.map((name) => {
        const dataset = datasets.find((each) => each.name === name);
        return (
          <span key={name} className="chip min-w-0">
            <span className="clip">{name}</span>
            {dataset && dataset.rows !== null && <small>{t("rows", { count: dataset.rows })}</small>}
            <button type="button" aria-label={t("remove", { name })} onClick={() => toggle(name)}>
              <Icon name="close" small />
            </button>
          </span>
        );
      })}
      <Combobox
        placeholder={t("search")}
        keepOpen
        options={datasets.map((dataset) => ({
          value: dataset.name,
          text: dataset.name,
          disabled: reasonAgainst(dataset) !== null && !chosen.includes(dataset.name),
          selected: chosen.includes(dataset.name),
          content: (
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="row between">
                <span className="clip">{dataset.name}</span>
                {dataset.rows !== null && (
                  <small className="faint nowrap">{t("rows", { count: dataset.rows })}</small>
                )}
              </span>
              {reasonAgainst(dataset) && <span className="hint">{reasonAgainst(dataset)}</span>}
            </span>
          ),
        }))}
        onPick={toggle}
        empty={(text) => (text === "" ? t("empty") : t("none", { text }))}
      >
        <Button kind="ghost" size="sm" className="chip-add" name={field}>
          <Icon name="plus" small />
          {t(chosen.length === 0 ? "choose" : "add")}
        </Button>
      </Combobox>
      {chosen
        .filter((name) => data && !datasets.some((each) => each.name === name))
        .map((name) => (
          <span key={name} className="hint">
            {t("missing", { name })}
          </span>
        ))}
    </>
  );
}
