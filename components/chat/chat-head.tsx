"use client";
/** The line over the panes: what is the same for all of them, marking, another pane, a new conversation. */
import { Switch } from "radix-ui";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Icon } from "@/components/ui/icon";
import type { ChatSettings } from "./kept-chats";

export interface ChatHeadProps {
  settings: ChatSettings;
  onMark: (mark: boolean) => void;
  onSettings: () => void;
  onNew: (() => void) | null;
  /** Targets for another pane; null where there is no room. */
  addOptions: readonly ComboboxOption[] | null;
  onAdd: (id: string) => void;
}

export function ChatHead({ settings, onMark, onSettings, onNew, addOptions, onAdd }: ChatHeadProps) {
  const t = useTranslations("chat");
  const { sampling } = settings;
  const values = { temperature: sampling.temperature, seed: sampling.seed, max: sampling.max_tokens };
  return (
    <div className="row row--wrap min-h-13 gap-x-3 gap-y-2 border-b border-line px-6 py-2 max-wide:px-4">
      <h1 className="text-[16px] leading-6">{t("title")}</h1>
      <Button size="sm" onClick={onSettings}>
        {settings.system.trim() === "" ? t("settings") : t("settingsWithSystem")}
      </Button>
      <span className="muted small max-wide:hidden">
        {sampling.temperature === 0 ? t("sameGreedy", values) : t("sameSampled", values)}
      </span>
      <span className="grow" />
      <label className="check small">
        <Switch.Root
          className="switch border-0 p-0 data-[state=unchecked]:bg-control data-[state=unchecked]:after:right-auto data-[state=unchecked]:after:left-0.5"
          checked={settings.mark}
          onCheckedChange={onMark}
        />
        {t("mark")}
      </label>
      {onNew && (
        <Button size="sm" onClick={onNew}>
          {t("new")}
        </Button>
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
