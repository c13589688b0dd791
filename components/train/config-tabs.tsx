"use client";
/** The file and the command that the form makes, and what differs from the defaults. */
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { SECRET_ARGUMENTS } from "@/server/contract/secret-arguments";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Tabs } from "../ui/tabs";
import { useFieldWords } from "./field-words";
import { type Change, changesOf } from "./form-changes";
import { fieldOfArgument } from "./form-config";
import { BOARD_DEFAULTS, type TrainForm } from "./form-defaults";
import { formToYaml } from "./form-yaml";
import { useTrainPage } from "./train-context";
import { inExampleOrder } from "./yaml-order";

type TabName = "yaml" | "command" | "changes";

export function ConfigTabs({ form }: { form: TrainForm }) {
  const t = useTranslations("train.will");
  const { forecast } = useTrainPage();
  const [tab, setTab] = useState<TabName>("yaml");
  const changes = changesOf(form);
  const yaml = forecast ? inExampleOrder(forecast.yaml) : formToYaml(form);
  const command = forecast?.command ?? "";
  return (
    <Tabs<TabName>
      aria-label={t("title")}
      className="flex min-h-38 flex-1 flex-col gap-2"
      value={tab}
      onChange={setTab}
      tabs={[
        { value: "yaml", label: t("yaml") },
        { value: "command", label: t("command") },
        { value: "changes", label: t("changes"), count: changes.length },
      ]}
      end={tab !== "changes" && <CopyButton text={tab === "yaml" ? yaml : command} className="text-md" />}
    >
      {tab === "yaml" && <YamlView yaml={yaml} changes={changes} />}
      {tab === "command" && (
        <pre className="code min-h-30 flex-[1_1_120px] wrap-anywhere whitespace-pre-wrap" tabIndex={0}>
          {command}
        </pre>
      )}
      {tab === "changes" && <ChangeList changes={changes} />}
    </Tabs>
  );
}

/** The YAML with the lines marked that differ from the defaults or that are in the way. */
function YamlView({ yaml, changes }: { yaml: string; changes: readonly Change[] }) {
  const { problems } = useTrainPage();
  const changed = new Set<string>(changes.map((change) => change.name));
  const wrong = new Set(
    problems.filter((problem) => problem.severity === "error").map((problem) => problem.argument),
  );
  return (
    <pre className="code min-h-30 flex-[1_1_120px]" tabIndex={0}>
      {yaml
        .trimEnd()
        .split("\n")
        .map((line, index) => {
          const argument = /^(\w+):/.exec(line)?.[1] ?? "";
          const mark = wrong.has(argument)
            ? "err"
            : changed.has(fieldOfArgument(argument)) && argument
              ? "chg"
              : undefined;
          const shown = SECRET_ARGUMENTS.includes(argument) ? `${argument}: ••••••` : line;
          return (
            <span key={index} className={mark}>
              {shown}
              {"\n"}
            </span>
          );
        })}
    </pre>
  );
}

function ChangeList({ changes }: { changes: readonly Change[] }) {
  const t = useTranslations("train");
  const { nameOf } = useFieldWords();
  const { setValue } = useFormContext<TrainForm>();
  if (changes.length === 0) return <p className="muted text-md">{t("will.noChanges")}</p>;
  return (
    <ul className="list min-h-30 flex-[1_1_120px] overflow-auto text-md">
      {changes.map(({ name, from, to }) => (
        <li key={name} className="row between">
          <span className="min-w-0">
            {nameOf(name)}{" "}
            <span className="faint">
              {from === "" ? t("none") : from} →{" "}
              <span className="text-accent">{to === "" ? t("none") : to}</span>
            </span>
          </span>
          <Button kind="link" className="small" onClick={() => setValue(name, BOARD_DEFAULTS[name])}>
            {t("will.reset")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
