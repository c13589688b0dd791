"use client";
/** Data: datasets as chips, the rows of one of them on demand, and how many are held out. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetSummary } from "@/server/contract/api";
import { datasetsQuery } from "../api/queries";
import { Button } from "../ui/button";
import { Combobox } from "../ui/combobox";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { DatasetPreview } from "./dataset-preview";
import { needsPairs, problemAt } from "./form-problems";
import { FormSection } from "./form-section";
import { ProblemText } from "./problem-text";
import { useTrainPage } from "./train-context";
import { useTrainField } from "./use-train-field";
import { ValidationShare } from "./validation-share";

export function DataSection({ simple = false }: { simple?: boolean }) {
  const t = useTranslations("train");
  const { problems } = useTrainPage();
  const { value: chosen } = useTrainField("dataset");
  const [preview, setPreview] = useState(simple);
  const problem = problemAt(problems, "dataset");
  return (
    <FormSection title={t("section.data")}>
      {simple ? (
        <div className="row row--wrap">
          <DatasetChips chosen={chosen} />
        </div>
      ) : (
        <div className={`grid4 ${problem?.severity === "error" ? "field--bad" : ""}`}>
          <div className="control control--tall span3" role="group" aria-label={t("section.data")}>
            <DatasetChips chosen={chosen} />
          </div>
          <Button
            className="full-m h-10"
            icon="preview"
            aria-expanded={preview}
            disabled={chosen.length === 0}
            onClick={() => setPreview(!preview)}
          >
            {t(preview ? "data.hidePreview" : "data.preview")}
          </Button>
        </div>
      )}
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
      {preview && chosen.length > 0 && <DatasetPreview names={chosen} />}
      {!simple && <ValidationShare />}
    </FormSection>
  );
}

function DatasetChips({ chosen }: { chosen: readonly string[] }) {
  const t = useTranslations("train.data");
  const { onChange } = useTrainField("dataset");
  const { value: stage } = useTrainField("stage");
  const { data } = useQuery(datasetsQuery);
  const datasets = data?.items ?? [];

  function toggle(name: string) {
    onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  }

  /** Why a dataset cannot be used in this stage; null where it can. */
  function reasonAgainst(dataset: DatasetSummary): string | null {
    if (dataset.problem !== null) return dataset.problem;
    if (dataset.ranking === needsPairs(stage)) return null;
    return t(needsPairs(stage) ? "noPairs" : "pairs");
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
        <Button kind="ghost" size="sm" className="chip-add" name="dataset">
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
