"use client";
/** One pane: whose answers these are, whether its model is loaded, and its side of the conversation. */
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Message } from "@/components/ui/message";
import { StatusMark } from "@/components/ui/status-mark";
import type { ChatServerStatus, ChatTarget } from "@/server/contract/chat";
import { AnswerView } from "./answer-view";
import type { Turn } from "./conversation";
import { QuestionView } from "./question-view";
import { paneDetail, paneName } from "./target-options";
import { TargetPicker } from "./target-picker";
import { splitThink } from "./think-text";

export interface ChatPaneProps {
  id: string;
  target: ChatTarget | null;
  targets: readonly ChatTarget[];
  panes: readonly string[];
  colour: string;
  server: ChatServerStatus;
  turns: readonly Turn[];
  /** Whose answers this pane's are compared with; null marks nothing. */
  reference: string | null;
  editing: string | null;
  onEditing: (turnId: string | null) => void;
  onEdited: (text: string) => void;
  onPick: (id: string) => void;
  onClose: () => void;
  onAgain: (turnId: string) => void;
  onStop: () => void;
  onCatchUp: () => void;
  onRetryLoad: () => void;
}

export function ChatPane(props: ChatPaneProps) {
  const { id, target, turns, reference, editing, server } = props;
  const t = useTranslations("chat");
  const name = target ? paneName(target, t("base")) : id;
  const last = turns.at(-1);
  const behind = turns.filter((turn) => !turn.answers[id]).length;
  return (
    <section
      className="row-span-full grid min-w-0 snap-start grid-rows-subgrid items-start border-l border-line first:border-l-0"
      aria-label={name}
      data-pane={id}
    >
      <PaneHead {...props} />
      {turns.map((turn) => {
        const answer = turn.answers[id];
        const base = reference === null ? null : (turn.answers[reference]?.text ?? null);
        return (
          <div key={turn.id} className="min-w-0 px-4">
            <QuestionView
              text={turn.user}
              editing={editing === turn.id}
              onDone={(text) => (text === null ? props.onEditing(null) : props.onEdited(text))}
            />
            {answer ? (
              <AnswerView
                answer={answer}
                base={base === null ? null : splitThink(base).said}
                onAgain={() => props.onAgain(turn.id)}
                onStop={props.onStop}
                onEdit={turn === last ? () => props.onEditing(turn.id) : undefined}
              />
            ) : (
              <p className="faint mb-5">{t("notAsked")}</p>
            )}
          </div>
        );
      })}
      <div className="px-4 pb-4">
        {behind > 0 && server.state === "ready" && (
          <Button size="sm" icon="play" onClick={props.onCatchUp}>
            {t("catchUp", { count: behind })}
          </Button>
        )}
        <ServerNote {...props} />
      </div>
    </section>
  );
}

function PaneHead({ id, target, targets, panes, colour, onPick, onClose }: ChatPaneProps) {
  const t = useTranslations("chat");
  return (
    <header className="row sticky top-0 z-2 mb-4 h-12 border-b border-line bg-bg px-4">
      <span className="swatch" style={{ "--c": colour } as CSSProperties} />
      <TargetPicker
        id={id}
        target={target}
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
      <Menu
        items={[
          ...(target?.run_id
            ? [
                {
                  key: "run",
                  label: t("openRun"),
                  icon: "runs" as const,
                  onSelect: () => window.location.assign(`/runs/${encodeURIComponent(target.run_id!)}`),
                },
              ]
            : []),
          {
            key: "close",
            label: t("closePane"),
            icon: "close" as const,
            disabled: panes.length < 2,
            onSelect: onClose,
          },
        ]}
      >
        <button type="button" className="btn btn--icon" aria-label={t("paneMenu")}>
          <Icon name="more" />
        </button>
      </Menu>
    </header>
  );
}

function ServerNote({ server, turns, onRetryLoad }: ChatPaneProps) {
  const t = useTranslations("chat");
  switch (server.state) {
    case "loading":
      return (
        <div role="status" className="text-md">
          <StatusMark status="running" progress={0.3} text={t("loadingModel")} />
          {server.detail && <p className="muted mt-1">{server.detail}</p>}
        </div>
      );
    case "failed":
      return (
        <div className="flex flex-col items-start gap-2">
          <Message kind="bad">{server.detail || t("loadFailed")}</Message>
          <Button size="sm" icon="retry" onClick={onRetryLoad}>
            {t("loadAgain")}
          </Button>
        </div>
      );
    case "ready":
      return turns.length === 0 ? <p className="muted">{t("ready")}</p> : null;
  }
}
