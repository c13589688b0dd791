"use client";
/** The name of a pane's target as a button that opens the list of all. */
import { useTranslations } from "use-intl";
import { Combobox } from "@/components/ui/combobox";
import { Icon } from "@/components/ui/icon";
import type { ChatTarget } from "@/server/contract/chat";
import { targetOptions } from "./target-options";

export interface TargetPickerProps {
  id: string;
  /** What it is called, also where the target is gone. */
  name: string;
  targets: readonly ChatTarget[];
  /** Shown in other panes already. */
  taken: readonly string[];
  onPick: (id: string) => void;
}

export function TargetPicker({ id, name, targets, taken, onPick }: TargetPickerProps) {
  const t = useTranslations("chat");
  return (
    <Combobox
      options={targetOptions(targets, {
        taken,
        current: id,
        words: { group: (kind) => t(`kind.${kind}`), addServer: t("addServer") },
      })}
      onPick={onPick}
      placeholder={t("findTarget")}
      empty={() => t("noTarget")}
    >
      <button type="button" className="btn btn--ghost h-7! min-h-0! min-w-0 p-0! font-semibold! text-fg!">
        <span className="clip">{name}</span>
        <Icon name="down" small />
      </button>
    </Combobox>
  );
}
