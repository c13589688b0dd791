"use client";
/** The folder of a finished run, picked by its name, or any path that is typed. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { RunSummary } from "@/server/contract/run";
import { runQuery } from "../api/queries";
import { useRuns } from "../live/use-live";
import { Combobox } from "../ui/combobox";
import type { FieldIds } from "../ui/field";
import { Icon } from "../ui/icon";
import { folderName } from "./model-path";

export interface RunPickerProps {
  name: string;
  value: string;
  /** Whether a finished run is one to pick from. */
  fits: (run: RunSummary) => boolean;
  onChange: (folder: string) => void;
  /** Words for "no run", which is then a choice of its own. */
  noneLabel?: string;
  "aria-label"?: string;
  ids?: FieldIds;
}

const NONE = "none";

export function RunPicker(props: RunPickerProps) {
  const { name, value, fits, onChange, noneLabel, ids } = props;
  const t = useTranslations("train");
  const queries = useQueryClient();
  const { data: runs = [] } = useRuns();
  const finished = runs.filter((run) => (run.status === "finished" || run.status === "stopped") && fits(run));

  async function pick(picked: string) {
    if (picked === NONE) return onChange("");
    if (!finished.some((run) => run.id === picked)) return onChange(picked);
    const { folder } = await queries.ensureQueryData(runQuery(picked));
    onChange(folder);
  }

  const options = finished.map((run) => ({
    value: run.id,
    text: run.name,
    selected: run.name === folderName(value),
    content: <span className="clip">{run.name}</span>,
  }));
  const none = { value: NONE, text: noneLabel ?? "", selected: value === "", content: noneLabel };
  return (
    <Combobox
      placeholder={t("runPicker.search")}
      options={noneLabel === undefined ? options : [none, ...options]}
      onPick={(picked) => void pick(picked)}
      empty={(typed) => (typed === "" ? t("runPicker.empty") : t("runPicker.none", { text: typed }))}
      typedWords={(typed) => t("model.useTyped", { path: typed })}
    >
      <button
        type="button"
        // As in ui/select: the label names it, and what it shows is its value.
        role="combobox"
        name={name}
        className="control"
        aria-haspopup="listbox"
        aria-label={props["aria-label"]}
        title={value || undefined}
        {...ids}
      >
        <span className={`clip ${value === "" && noneLabel === undefined ? "faint" : ""}`}>
          {value === "" ? (noneLabel ?? t("runPicker.choose")) : folderName(value)}
        </span>
        <Icon name="down" />
      </button>
    </Combobox>
  );
}
