"use client";
/** Takes a prompt set that is kept as a run's sample prompts: its path stands in the field then. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { promptSetsQuery } from "../chat/prompt-queries";
import { useSay } from "../i18n/use-say";
import { Combobox } from "../ui/combobox";
import { Icon } from "../ui/icon";

export interface PromptSetPickerProps {
  value: string;
  onPick: (path: string) => void;
}

export function PromptSetPicker({ value, onPick }: PromptSetPickerProps) {
  const t = useTranslations("train.promptSet");
  const say = useSay();
  const { data } = useQuery(promptSetsQuery);
  return (
    <Combobox
      options={(data?.items ?? []).map(({ name, path, prompts, problem }) => ({
        value: path,
        text: name,
        disabled: problem !== null,
        selected: path === value.trim(),
        content: (
          <>
            <span className="clip">{name}</span>
            <span className="faint small clip">
              {problem === null ? t("count", { count: prompts.length }) : say(problem)}
            </span>
          </>
        ),
      }))}
      onPick={onPick}
      placeholder={t("find")}
      empty={() => t("none")}
    >
      <button type="button" className="btn btn--sm">
        {t("take")}
        <Icon name="down" small />
      </button>
    </Combobox>
  );
}
