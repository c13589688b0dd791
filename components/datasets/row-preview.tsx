"use client";
/** The rows of a dataset under three tabs: conversation, template text, tokens. The one preview that every page shows. */
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type { Encoding } from "@/server/contract/datasets";
import { Tabs } from "../ui/tabs";
import { RowList, type RowView } from "./row-list";

export interface RowPreviewProps {
  name: string;
  entry?: DatasetEntry;
  encoding: Encoding | null;
  /** What stands above the rows: the choice of a model. */
  end?: ReactNode;
  target?: { row: number };
  onEdit?: (row: number, value: unknown) => void;
  listClassName?: string;
}

const VIEWS: readonly RowView[] = ["turns", "text", "tokens"];

export function RowPreview({ end, listClassName, ...list }: RowPreviewProps) {
  const t = useTranslations("datasets");
  const [view, setView] = useState<RowView>("turns");
  return (
    <Tabs
      value={view}
      onChange={setView}
      aria-label={t("preview")}
      tabs={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
    >
      <div className="pt-2">
        <RowList key={list.name} {...list} view={view} className={listClassName} beside={end} />
      </div>
    </Tabs>
  );
}
