"use client";
/** Model: which folder, what it is or what is wrong with it, its template, and from where training starts. */
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { modelsQuery } from "../api/queries";
import { useSay } from "../i18n/use-say";
import { HubOffer } from "../models/hub-offer";
import { Combobox } from "../ui/combobox";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import type { TrainForm } from "./form-defaults";
import { FormSection } from "./form-section";
import { ListTrouble } from "./list-trouble";
import { ModelFacts } from "./model-facts";
import { folderPath, folderName } from "./model-path";
import { StartFrom } from "./start-from";
import { useProblemAt } from "./train-context";
import { useChosenModel } from "./use-chosen-model";
import { useFollowChoice } from "./use-follow-choice";

export function ModelSection({ simple = false }: { simple?: boolean }) {
  const t = useTranslations("train");
  const path = useWatch<TrainForm, "model_name_or_path">({ name: "model_name_or_path" });
  const problem = useProblemAt("model_name_or_path");
  const choose = useFollowChoice();
  const say = useSay();
  const { model, error } = useChosenModel(path);
  return (
    <FormSection title={t("section.model")}>
      <div className={simple ? "" : "grid4"}>
        <div
          className={`min-w-0 ${simple ? "" : "span3"} ${problem?.severity === "error" ? "field--bad" : ""}`}
        >
          <ModelPicker path={path} model={model} />
        </div>
        {!simple && <StartFrom model={model} />}
      </div>
      {problem && <Message kind={problem.severity === "error" ? "bad" : "warn"}>{problem.message}</Message>}
      {error && !problem && <Message kind="bad">{t("model.unreadable", { reason: error })}</Message>}
      {model?.problem && !problem && <Message kind="bad">{say(model.problem)}</Message>}
      {(!model || model.health === "missing") && (
        <HubOffer path={path} onUse={(found) => choose({ model_name_or_path: found })} />
      )}
      {model && <ModelFacts model={model} />}
      <ListTrouble of="models" />
      {simple && model?.source === "starter" && <p className="hint">{t("first.starterHint")}</p>}
    </FormSection>
  );
}

interface ModelPickerProps {
  path: string;
  model: ModelSummary | null;
}

function ModelPicker({ path, model }: ModelPickerProps) {
  const t = useTranslations("train");
  const choose = useFollowChoice();
  const { data } = useQuery(modelsQuery);
  const models = data?.items ?? [];

  function pick(picked: string) {
    const known = models.find((each) => each.path === picked);
    choose({
      model_name_or_path: picked,
      adapter_name_or_path: "",
      ...(known && { template: known.template ?? "default" }),
    });
  }

  return (
    <Combobox
      placeholder={t("model.search")}
      options={models.map((each) => ({
        value: each.path,
        text: `${each.name} ${each.path}`,
        group: t(`model.group.${each.source}`),
        selected: each.path === path,
        content: <ModelOption model={each} />,
      }))}
      onPick={pick}
      empty={(text) => t("model.none", { text })}
      typedWords={(typed) => t("model.useTyped", { path: typed })}
    >
      <button
        type="button"
        role="combobox"
        name="model_name_or_path"
        className="control"
        aria-haspopup="listbox"
        aria-label={t("section.model")}
      >
        <Icon name="model" />
        {path === "" ? (
          <span className="faint">{t("model.choose")}</span>
        ) : (
          <>
            <span className="strong clip">{model?.name ?? folderName(path)}</span>
            {model && <span className="tag">{t(`model.source.${model.source}`)}</span>}
            {model?.source !== "starter" && <code className="faint clip wide-only">{folderPath(path)}</code>}
          </>
        )}
        <Icon name="down" />
      </button>
    </Combobox>
  );
}

function ModelOption({ model }: { model: ModelSummary }) {
  const say = useSay();
  return (
    <>
      <Icon name="model" />
      <span className="min-w-0">
        <span className={`block ${model.supported ? "" : "faint"}`}>{model.name}</span>
        {model.problem && <span className="hint block">{say(model.problem)}</span>}
      </span>
    </>
  );
}
