"use client";
/** The line under the model: family, size, template (which can be changed here), context. */
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { TEMPLATE_NAMES } from "@/server/contract/template-names";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { Combobox } from "../ui/combobox";
import { Exact } from "../ui/exact";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { Tooltip } from "../ui/tooltip";
import { ProblemText } from "./problem-text";
import { SettingExplanation } from "./setting-explanation";
import { useProblemAt } from "./train-context";
import { useTrainField } from "./use-train-field";

export function ModelFacts({ model }: { model: ModelSummary }) {
  const t = useTranslations("train.model");
  const format = useFormat();
  const problem = useProblemAt("template");
  return (
    <>
      <dl className="facts">
        {model.family && (
          <div>
            <dt>{t("family")}</dt>
            <dd>{model.family}</dd>
          </div>
        )}
        {model.parameters !== null && (
          <div>
            <dt>{t("size")}</dt>
            <dd>
              <Exact value={model.parameters}>
                {model.bytes === null
                  ? format.parameters(model.parameters)
                  : t("sizeValue", {
                      parameters: format.parameters(model.parameters),
                      bytes: format.bytes(model.bytes),
                    })}
              </Exact>
            </dd>
          </div>
        )}
        <TemplateFact />
        {model.context_length !== null && (
          <div>
            <dt>{t("context")}</dt>
            <dd>{t("contextValue", { count: format.count(model.context_length) })}</dd>
          </div>
        )}
      </dl>
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
    </>
  );
}

function TemplateFact() {
  const t = useTranslations("train.model");
  const { named } = useJoining();
  const { value: template, onChange } = useTrainField("template");
  return (
    <div>
      <dt>
        <Tooltip text={<SettingExplanation name="template" />} onTap>
          <span className="cursor-help">{t("template")}</span>
        </Tooltip>
      </dt>
      <dd>
        <Combobox
          placeholder={t("searchTemplate")}
          options={["default", ...TEMPLATE_NAMES.filter((name) => name !== "default")].map((name) => ({
            value: name,
            text: name,
            selected: name === template,
            content: name,
          }))}
          onPick={onChange}
          empty={(text) => t("noTemplate", { text })}
        >
          <button
            type="button"
            className="btn btn--link gap-1"
            name="template"
            aria-label={named(t("template"), template)}
          >
            {template}
            <Icon name="down" small />
          </button>
        </Combobox>
      </dd>
    </div>
  );
}
