"use client";
/** One dataset: what it is, what is wrong with it, its rows, how long they are, and what can be done with it. */
import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetDetail } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { Button, IconButton } from "../ui/button";
import { TrainOnIt } from "../train/train-on-it";
import { Menu } from "../ui/menu";
import { Message } from "../ui/message";
import { datasetDetailQuery } from "./dataset-queries";
import { EncodingPicker } from "./encoding-picker";
import { HealthLines } from "./health-lines";
import { LengthHistogram } from "./length-histogram";
import { RowPreview } from "./row-preview";
import { useEncoding } from "./use-encoding";

const ColumnsSheet = dynamic(() => import("./columns-sheet").then((module) => module.ColumnsSheet));
const RemoveDialog = dynamic(() => import("./remove-dialog").then((module) => module.RemoveDialog));
const RowEditor = dynamic(() => import("./row-editor").then((module) => module.RowEditor));

export function DatasetPanel({ name, onRemoved }: { name: string; onRemoved: () => void }) {
  const t = useTranslations("datasets");
  const { data, error } = useQuery(datasetDetailQuery(name));
  if (error) return <Message kind="bad">{error.message}</Message>;
  if (!data) return <p className="muted">{t("loading")}</p>;
  return (
    <>
      <PanelHead dataset={data} onRemoved={onRemoved} />
      <PanelBody dataset={data} />
    </>
  );
}

function PanelHead({ dataset, onRemoved }: { dataset: DatasetDetail; onRemoved: () => void }) {
  const t = useTranslations("datasets");
  const format = useFormat();
  const { facts } = useJoining();
  const [open, setOpen] = useState<"columns" | "remove" | null>(null);
  const { name, rows, bytes, problem } = dataset;
  const close = () => setOpen(null);
  return (
    <div className="page-head mb-2!">
      <h2 className="min-w-0 wrap-anywhere">{name}</h2>
      <span className="faint nowrap">
        {facts([
          ...(rows === null ? [] : [t("rowCount", { count: rows })]),
          ...(bytes === null ? [] : [format.bytes(bytes)]),
        ])}
      </span>
      <div className="acts">
        {dataset.columns.length > 0 && <Button onClick={() => setOpen("columns")}>{t("editColumns")}</Button>}
        {problem === null && <TrainOnIt dataset={dataset} />}
        <Menu
          items={[
            { key: "remove", label: t("remove.menu"), icon: "trash", onSelect: () => setOpen("remove") },
          ]}
        >
          <IconButton icon="more" label={t("more", { name })} />
        </Menu>
      </div>
      {open === "columns" && <ColumnsSheet dataset={dataset} onClose={close} />}
      {open === "remove" && <RemoveDialog dataset={dataset} onClose={close} onRemoved={onRemoved} />}
    </div>
  );
}

function PanelBody({ dataset }: { dataset: DatasetDetail }) {
  const choice = useEncoding();
  const [target, setTarget] = useState<{ row: number }>();
  const [edited, setEdited] = useState<{ row: number; value: unknown } | null>(null);
  const canRead = dataset.bytes !== null && dataset.fault !== "empty";
  const show = (row: number) => setTarget({ row });
  return (
    <div className="grid gap-4">
      <HealthLines dataset={dataset} onShow={show} />
      {canRead && (
        <RowPreview
          name={dataset.name}
          entry={dataset.entry ?? undefined}
          encoding={choice.encoding}
          target={target}
          onEdit={
            dataset.editable && dataset.fault !== "broken"
              ? (row, value) => setEdited({ row, value })
              : undefined
          }
          listClassName="max-h-[min(48dvh,560px)]"
          end={<EncodingPicker {...choice} />}
        />
      )}
      {canRead && dataset.problem === null && choice.encoding && (
        <LengthHistogram key={dataset.name} name={dataset.name} encoding={choice.encoding} />
      )}
      {edited && <RowEditor dataset={dataset} {...edited} onClose={() => setEdited(null)} />}
    </div>
  );
}
