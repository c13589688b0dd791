"use client";
/** Models on this machine as a table: what each is, whether it is whole, who uses it. */
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import type { RunSummary } from "@/server/contract/run";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Exact } from "../ui/exact";
import { StatusMark } from "../ui/status-mark";

export interface ModelTableProps {
  models: readonly ModelSummary[];
  runs: readonly RunSummary[];
  picked: string | null;
  onPick: (path: string) => void;
}

export function ModelTable({ models, runs, picked, onPick }: ModelTableProps) {
  const t = useTranslations("models");
  return (
    <div className="tw">
      <table className="wide:min-w-[760px]">
        <caption className="vh">{t("here")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col" className="wide-only">
              {t("column.family")}
            </th>
            <th scope="col" className="n">
              {t("column.parameters")}
            </th>
            <th scope="col" className="n">
              {t("column.disk")}
            </th>
            <th scope="col" className="n wide-only">
              {t("column.context")}
            </th>
            <th scope="col" className="wide-only">
              {t("column.template")}
            </th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col" className="wide-only">
              {t("column.used")}
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow
              key={model.path}
              model={model}
              runs={runs}
              picked={model.path === picked}
              onPick={onPick}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ModelRowProps {
  model: ModelSummary;
  runs: readonly RunSummary[];
  picked: boolean;
  onPick: (path: string) => void;
}

function ModelRow({ model, runs, picked, onPick }: ModelRowProps) {
  const t = useTranslations("models");
  const say = useSay();
  const format = useFormat();
  const used = runs.filter((run) => run.model === model.name).length;
  return (
    <tr className={picked ? "sel" : undefined}>
      <td>
        <button
          type="button"
          className="btn btn--link clip max-w-64 font-medium text-fg! max-wide:max-w-32"
          title={model.path}
          aria-pressed={picked}
          onClick={() => onPick(model.path)}
        >
          {model.name}
        </button>
      </td>
      <td className="muted wide-only">{model.family ?? "–"}</td>
      <td className="n">
        {model.parameters === null ? (
          "–"
        ) : (
          <Exact value={format.count(model.parameters)}>{format.parameters(model.parameters)}</Exact>
        )}
      </td>
      <td className="n">
        {model.bytes === null ? (
          "–"
        ) : (
          <Exact value={format.count(model.bytes)}>{format.bytes(model.bytes)}</Exact>
        )}
      </td>
      <td className="n wide-only">
        {model.context_length === null ? "–" : format.count(model.context_length)}
      </td>
      <td className="muted wide-only">{model.template ?? "–"}</td>
      <td
        className="max-wide:whitespace-normal"
        title={model.problem === null ? undefined : say(model.problem)}
      >
        <HealthMark health={model.health} />
      </td>
      <td className="muted wide-only">
        {model.source === "run" ? t("madeHere") : used > 0 ? t("runs", { count: used }) : "–"}
      </td>
    </tr>
  );
}

function HealthMark({ health }: Pick<ModelSummary, "health">) {
  const t = useTranslations("models.health");
  const status =
    health === "ready"
      ? "finished"
      : health === "other_engine" || health === "quantised"
        ? "interrupted"
        : "failed";
  return <StatusMark status={status} text={t(health)} />;
}
