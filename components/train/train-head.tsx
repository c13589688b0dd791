"use client";
/** The head of the form: what this is, the run's name, loading and finding. */
import { useTranslations } from "use-intl";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import type { FormMode } from "./form-mode";
import { LoadMenu } from "./load-menu";
import { RunName } from "./run-name";
import type { InitialForm } from "./use-initial-form";

export interface TrainHeadProps {
  find: string;
  onFind: (text: string) => void;
  initial: InitialForm;
  mode: FormMode;
  onMode: (mode: FormMode) => void;
}

export function TrainHead({ find, onFind, initial, mode, onMode }: TrainHeadProps) {
  const t = useTranslations("train");
  return (
    <>
      <div className="page-head">
        <h1>{t("title")}</h1>
        <RunName />
        <div className="acts">
          <Segmented<FormMode>
            aria-label={t("mode.label")}
            value={mode}
            options={[
              { value: "simple", label: t("mode.simple") },
              { value: "advanced", label: t("mode.advanced") },
            ]}
            onChange={onMode}
          />
          <LoadMenu />
          <label className="find find--field">
            <Icon name="search" />
            <input
              data-find
              value={find}
              placeholder={t("find")}
              aria-label={t("find")}
              onChange={(event) => onFind(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                onFind("");
                event.currentTarget.blur();
              }}
            />
            <kbd>/</kbd>
          </label>
        </div>
      </div>
      {initial.fromLink && <p className="muted -mt-2 mb-4 text-md">{t("linked")}</p>}
      {initial.clonedFrom && (
        <p className="muted -mt-2 mb-4 text-md">{t("cloned", { name: initial.clonedFrom })}</p>
      )}
      {initial.cloneError && (
        <Message kind="warn" className="-mt-2 mb-4">
          {t("cloneFailed", { reason: initial.cloneError })}
        </Message>
      )}
    </>
  );
}
