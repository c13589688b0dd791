"use client";
/** The name of a pane's target as a button that opens the list of all. */
import { useTranslations } from "use-intl";
import { Combobox } from "@/components/ui/combobox";
import { Icon } from "@/components/ui/icon";
import type { ChatTarget } from "@/server/contract/chat";
import { paneName, targetOptions } from "./target-options";

export interface TargetPickerProps {
  id: string;
  target: ChatTarget | null;
  targets: readonly ChatTarget[];
  /** Shown in other panes already. */
  taken: readonly string[];
  onPick: (id: string) => void;
}

export function TargetPicker({ id, target, targets, taken, onPick }: TargetPickerProps) {
  const t = useTranslations("chat");
  return (
    <Combobox
      options={targetOptions(targets, { taken, current: id, words: { group: (kind) => t(`kind.${kind}`) } })}
      onPick={onPick}
      placeholder={t("findTarget")}
      empty={() => t("noTarget")}
    >
      <button type="button" className="btn btn--ghost h-7! min-h-0! min-w-0 p-0! font-semibold! text-fg!">
        <span className="clip">{target ? paneName(target, t("base")) : id}</span>
        <Icon name="down" small />
      </button>
    </Combobox>
  );
}
