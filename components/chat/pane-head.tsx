"use client";
/** The head of a pane: its target's name, which opens the list of all, and what else can be done; a letter while names are hidden. */
import { useRouter } from "next/navigation";
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { ChatTarget } from "@/server/contract/chat";
import { letterOf } from "./blind-vote";
import { paneDetail } from "./target-options";
import { TargetPicker } from "./target-picker";

export interface PaneHeadProps {
  /** The target whose pane this is. */
  id: string;
  /** Its place among the panes, from 0. */
  column: number;
  /** Whether questions are asked without names: each turn then shows its targets in an order of its own. */
  blind: boolean;
  nameOf: (target: string) => string;
  /** null where the target is gone. */
  target: ChatTarget | null;
  targets: readonly ChatTarget[];
  panes: readonly string[];
  colours: ReadonlyMap<string, string>;
  onPick: (id: string) => void;
  onClose: () => void;
  onEditServer: (name: string) => void;
}

export function PaneHead(props: PaneHeadProps) {
  const { id, column, blind, nameOf, target, targets, panes, colours, onPick, onClose, onEditServer } = props;
  const t = useTranslations("chat");
  const router = useRouter();
  if (blind) {
    return (
      <header className="row sticky top-0 z-2 mb-4 h-12 border-b border-line bg-bg px-4 font-semibold">
        {t("answerLetter", { letter: letterOf(column) })}
      </header>
    );
  }
  const items: MenuItem[] = [
    ...(target?.run_id
      ? [
          {
            key: "run",
            label: t("openRun"),
            icon: "runs" as const,
            onSelect: () => router.push(`/runs/${encodeURIComponent(target.run_id!)}`),
          },
        ]
      : []),
    ...(target?.kind === "endpoint"
      ? [
          {
            key: "server",
            label: t("editServer"),
            icon: "edit" as const,
            onSelect: () => onEditServer(target.label),
          },
        ]
      : []),
    { key: "close", label: t("closePane"), icon: "close", disabled: panes.length < 2, onSelect: onClose },
  ];
  return (
    <header className="row sticky top-0 z-2 mb-4 h-12 border-b border-line bg-bg px-4">
      <span className="swatch" style={{ "--c": colours.get(id) ?? "var(--s6)" } as CSSProperties} />
      <TargetPicker
        id={id}
        name={nameOf(id)}
        targets={targets}
        taken={panes.filter((pane) => pane !== id)}
        onPick={onPick}
      />
      {target && (
        <span className="faint small clip" title={paneDetail(target)}>
          {paneDetail(target)}
        </span>
      )}
      <span className="grow" />
      <Menu items={items}>
        <button type="button" className="btn btn--icon" aria-label={t("paneMenu")}>
          <Icon name="more" />
        </button>
      </Menu>
    </header>
  );
}
