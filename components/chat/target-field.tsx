"use client";
/** One target whose weights are here as a form's field: a model, a run or a checkpoint, found by typing. */
import { useTranslations } from "use-intl";
import { Combobox } from "@/components/ui/combobox";
import type { FieldIds } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { ChatTarget } from "@/server/contract/chat";
import { targetOptions } from "./target-options";

export interface TargetFieldProps extends Partial<FieldIds> {
  /** A target's id, or "" while none is chosen. */
  value: string;
  targets: readonly ChatTarget[];
  onPick: (id: string) => void;
}

const NONE: readonly string[] = [];

export function TargetField({ value, targets, onPick, ...ids }: TargetFieldProps) {
  const t = useTranslations("chat");
  const target = targets.find(({ id }) => id === value);
  return (
    <Combobox
      options={targetOptions(
        targets.filter(({ kind }) => kind !== "endpoint"),
        { taken: NONE, current: value, words: { group: (kind) => t(`kind.${kind}`) } },
      )}
      onPick={onPick}
      placeholder={t("findTarget")}
      empty={() => t("noTarget")}
    >
      <button type="button" role="combobox" className="control" {...ids}>
        <span className="clip">
          {target ? target.label : value || t("findTarget")}
          {target && <span className="faint"> {target.detail}</span>}
        </span>
        <Icon name="down" />
      </button>
    </Combobox>
  );
}
