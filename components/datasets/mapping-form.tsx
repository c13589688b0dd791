"use client";
/** Kind of rows and which column means what, with the first rows as they will be. */
import { useId } from "react";
import { useTranslations } from "use-intl";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import { planDataset } from "@/server/contract/dataset-plan";
import {
  guessMapping,
  missingMeaning,
  PRESET_MEANINGS,
  type Mapping,
  type Preset,
} from "@/server/contract/dataset-presets";
import { isObject } from "@/server/contract/raw-row";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { Select } from "../ui/select";
import { TextArea } from "../ui/text-input";
import { RowTurns } from "./row-turns";

export interface MappingValue {
  preset: Preset;
  mapping: Mapping;
  system: string;
}

export interface MappingFormProps {
  value: MappingValue;
  onChange: (value: MappingValue) => void;
  presets: readonly Preset[];
  columns: readonly string[];
  /** Whether rows can be rewritten, so that a system prompt can be put into each. */
  canConvert: boolean;
}

export function MappingForm({ value, onChange, presets, columns, canConvert }: MappingFormProps) {
  const t = useTranslations("datasets.mapping");
  const { preset, mapping, system } = value;
  const set = (change: Partial<MappingValue>) => onChange({ ...value, ...change });
  const noColumn = { value: "", label: t("none") };
  return (
    <div className="grid gap-3">
      <Field label={t("preset")} hint={t(`presetSays.${preset}`)}>
        {(ids) => (
          <Select
            {...ids}
            value={preset}
            options={presets.map((each) => ({ value: each, label: t(`presets.${each}`) }))}
            onChange={(next) =>
              set({ preset: next as Preset, mapping: guessMapping(next as Preset, columns) })
            }
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        {PRESET_MEANINGS[preset].map(({ id, required }) => (
          <Field key={id} label={t(`meaning.${id as "prompt"}`)}>
            {(ids) => (
              <Select
                {...ids}
                value={mapping[id] ?? ""}
                options={[
                  ...(required ? [] : [noColumn]),
                  ...columns.map((column) => ({ value: column, label: column })),
                ]}
                onChange={(column) => set({ mapping: { ...mapping, [id]: column } })}
              />
            )}
          </Field>
        ))}
      </div>
      {canConvert && preset !== "text" && preset !== "openai" && (
        <Field label={t("system")} hint={t(preset === "reasoning" ? "systemReasoning" : "systemSays")}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={system}
              onChange={(event) => set({ system: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

export interface MappedPreviewProps {
  value: MappingValue;
  sample: readonly unknown[];
  fileKind: string;
}

const SHOWN_ROWS = 3;

/** The first rows as the dataset will hold them. */
export function MappedPreview({ value, sample, fileKind }: MappedPreviewProps) {
  const t = useTranslations("datasets.mapping");
  const heading = useId();
  const missing = missingMeaning(value.preset, value.mapping);
  if (missing !== null)
    return <Message kind="warn">{t("missing", { meaning: t(`meaning.${missing as "prompt"}`) })}</Message>;
  const plan = planDataset({ ...value, fileKind, sample });
  const entry = plan.entry("preview");
  return (
    <section aria-labelledby={heading} className="grid gap-1">
      <h3 id={heading}>{t("preview")}</h3>
      <ol className="rows max-h-72" tabIndex={0}>
        {sample.slice(0, SHOWN_ROWS).map((row, index) => (
          <li key={index} className="border-b border-line px-3 py-2">
            <MappedRow row={row} entry={entry} convert={plan.convert} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface MappedRowProps {
  row: unknown;
  entry: DatasetEntry;
  convert: ReturnType<typeof planDataset>["convert"];
}

function MappedRow({ row, entry, convert }: MappedRowProps) {
  const t = useTranslations("datasets.mapping");
  if (!convert) return <RowTurns row={row} entry={entry} />;
  const converted = isObject(row) ? convert(row) : { skip: t("noRow") };
  return "skip" in converted ? (
    <Message kind="warn">{t("skipped", { reason: converted.skip })}</Message>
  ) : (
    <RowTurns row={converted.row} entry={entry} />
  );
}
