"use client";
/** The line over the panes: which conversation this is, what is the same for all panes, and what can be opened. */
import { Switch } from "radix-ui";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Icon } from "@/components/ui/icon";
import type { ChatSettings } from "./chat-settings";

export interface ChatHeadProps {
  /** "" for a conversation that is not kept yet. */
  title: string;
  settings: ChatSettings;
  onMark: (mark: boolean) => void;
  /** Whether names are hidden; null where there is nothing to compare. */
  blind: boolean | null;
  onBlind: (blind: boolean) => void;
  onOpen: (what: "settings" | "conversations" | "answers") => void;
  hasAnswers: boolean;
  onNew: () => void;
  /** Targets for another pane; null where there is no room. */
  addOptions: readonly ComboboxOption[] | null;
  onAdd: (id: string) => void;
}

export function ChatHead(props: ChatHeadProps) {
  const { title, settings, onMark, blind, onBlind, onOpen, hasAnswers, onNew, addOptions, onAdd } = props;
  const t = useTranslations("chat");
  const { sampling, system, tools } = settings.asking;
  const values = { temperature: sampling.temperature, seed: sampling.seed, max: sampling.max_tokens };
  const isSet = system.trim() !== "" || tools.trim() !== "";
  return (
    <div className="row row--wrap min-h-13 gap-x-3 gap-y-2 border-b border-line px-6 py-2 max-wide:px-4">
      <h1 className="text-[16px] leading-6">{t("title")}</h1>
      <Button size="sm" icon="folder" onClick={() => onOpen("conversations")} className="max-w-64 min-w-0">
        <span className="clip">{title === "" ? t("conversations.title") : title}</span>
      </Button>
      <Button size="sm" icon="settings" onClick={() => onOpen("settings")} aria-label={t("settings")}>
        <span className="max-wide:hidden">{t(isSet ? "settingsSet" : "settings")}</span>
      </Button>
      <span className="muted small max-[1500px]:hidden">
        {sampling.temperature === 0 ? t("sameGreedy", values) : t("sameSampled", values)}
      </span>
      <span className="grow" />
      {blind !== null && <HeadSwitch label={t("blind")} checked={blind} onChange={onBlind} />}
      <HeadSwitch label={t("mark")} checked={settings.mark} onChange={onMark} />
      {hasAnswers && (
        <>
          <Button size="sm" icon="datasets" onClick={() => onOpen("answers")} aria-label={t("answers.open")}>
            <span className="max-wide:hidden">{t("answers.open")}</span>
          </Button>
          <Button size="sm" icon="edit" onClick={onNew} aria-label={t("new")}>
            <span className="max-wide:hidden">{t("new")}</span>
          </Button>
        </>
      )}
      {addOptions && (
        <Combobox
          options={addOptions}
          onPick={onAdd}
          placeholder={t("findTarget")}
          empty={() => t("noTarget")}
          align="end"
        >
          <button type="button" className="btn btn--sm">
            <Icon name="plus" small />
            {t("pane")}
          </button>
        </Combobox>
      )}
    </div>
  );
}

interface HeadSwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function HeadSwitch({ label, checked, onChange }: HeadSwitchProps) {
  return (
    <label className="check small">
      <Switch.Root
        className="switch border-0 p-0 data-[state=unchecked]:bg-control data-[state=unchecked]:after:right-auto data-[state=unchecked]:after:left-0.5"
        checked={checked}
        onCheckedChange={onChange}
      />
      {label}
    </label>
  );
}
