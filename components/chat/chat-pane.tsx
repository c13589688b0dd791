"use client";
/** One pane: whose answers these are, whether its model is loaded, and its side of the conversation. */
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import { useSay } from "@/components/i18n/use-say";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { StatusMark } from "@/components/ui/status-mark";
import type { ChatServerStatus } from "@/server/contract/chat";
import { AnswerView } from "./answer-view";
import { columnsOf, isHidden, letterOf } from "./blind-vote";
import type { Turn } from "./conversation";
import { PaneHead, type PaneHeadProps } from "./pane-head";
import { QuestionView } from "./question-view";
import { splitThink } from "./think-text";

export interface ChatPaneProps extends PaneHeadProps {
  server: ChatServerStatus;
  turns: readonly Turn[];
  /** The turn to vote on; null while there is none. */
  votingOn: string | null;
  /** The conversation is being read. */
  opening: boolean;
  /** Whose answers the others are compared with; null marks nothing. */
  reference: string | null;
  editing: string | null;
  onEditing: (turnId: string | null) => void;
  onEdited: (turnId: string, text: string) => void;
  onAgain: (turnId: string, target: string) => void;
  onAllAgain: (turnId: string) => void;
  /** Adds an answer to the dataset. */
  onKeep: (turnId: string, target: string) => void;
  onStop: (target: string) => void;
  onCatchUp: () => void;
  onRetryLoad: () => void;
}

export function ChatPane(props: ChatPaneProps) {
  const { id, column, blind, nameOf, turns, server } = props;
  const t = useTranslations("chat");
  const behind = turns.filter((turn) => !turn.answers[id]).length;
  return (
    <section
      className="row-span-full grid min-w-0 snap-start grid-rows-subgrid items-start border-l border-line first:border-l-0"
      aria-label={blind ? t("answerLetter", { letter: letterOf(column) }) : nameOf(id)}
      data-pane={blind ? undefined : id}
    >
      <PaneHead {...props} />
      {turns.map((turn, index) => (
        <TurnCell
          key={turn.id}
          {...props}
          turn={turn}
          isFirst={index === 0}
          voting={turn.id === props.votingOn}
        />
      ))}
      <div className="px-4 pb-4">
        {behind > 0 && !blind && server.state === "ready" && (
          <Button size="sm" icon="play" onClick={props.onCatchUp}>
            {t("catchUp", { count: behind })}
          </Button>
        )}
        <ServerNote {...props} />
      </div>
    </section>
  );
}

interface TurnCellProps extends ChatPaneProps {
  turn: Turn;
  isFirst: boolean;
  /** It is the one to vote on. */
  voting: boolean;
}

function TurnCell(props: TurnCellProps) {
  const { turn, isFirst, voting, column, panes, blind, nameOf, colours, reference, editing } = props;
  const t = useTranslations("chat");
  // With names each answer stands under its own.
  const order = blind ? turn.order : null;
  const target = columnsOf({ order }, panes)[column]!;
  const hidden = blind && isHidden(turn);
  const answer = turn.answers[target];
  const base = reference === null || reference === target || hidden ? null : turn.answers[reference]?.text;
  return (
    <div
      className={`min-w-0 px-4 ${voting ? "bg-accent-soft pt-3" : ""}`}
      data-voting={voting ? true : undefined}
    >
      {turn.before !== null && !isFirst && <p className="faint small mb-1">{t("byItself")}</p>}
      <QuestionView
        text={turn.text}
        isTool={turn.role === "tool"}
        editing={editing === turn.id}
        onDone={(text) => (text === null ? props.onEditing(null) : props.onEdited(turn.id, text))}
      />
      {(blind || turn.vote === target) && (
        <p className="row mb-1 gap-1.5 font-semibold">
          {order && t("answerLetter", { letter: letterOf(column) })}
          {blind && !hidden && (
            <>
              <span className="swatch" style={{ "--c": colours.get(target) } as CSSProperties} />
              <span className="clip">{nameOf(target)}</span>
            </>
          )}
          {turn.vote === target && (
            <span className="row nowrap gap-1 text-ok">
              <Icon name="check" small />
              {t("vote.liked")}
            </span>
          )}
        </p>
      )}
      {answer ? (
        <AnswerView
          answer={answer}
          base={base == null ? null : splitThink(base).said}
          hidden={hidden}
          onAgain={() => props.onAgain(turn.id, target)}
          onAllAgain={panes.length > 1 ? () => props.onAllAgain(turn.id) : undefined}
          onStop={() => props.onStop(target)}
          onEdit={() => props.onEditing(turn.id)}
          onKeep={() => props.onKeep(turn.id, target)}
        />
      ) : (
        <p className="faint mb-5">{t("notAsked")}</p>
      )}
    </div>
  );
}

function ServerNote({ server, turns, opening, onRetryLoad }: ChatPaneProps) {
  const t = useTranslations("chat");
  const say = useSay();
  if (opening) return <p className="muted">{t("opening")}</p>;
  switch (server.state) {
    case "loading":
      return (
        <div role="status" className="text-md">
          <StatusMark status="running" progress={0.3} text={t("loadingModel")} />
        </div>
      );
    case "failed":
      return (
        <div className="flex flex-col items-start gap-2">
          <Message kind="bad">{say(server.detail) || t("loadFailed")}</Message>
          <Button size="sm" icon="retry" onClick={onRetryLoad}>
            {t("loadAgain")}
          </Button>
        </div>
      );
    case "ready":
      return turns.length === 0 ? <p className="muted">{t("ready")}</p> : null;
  }
}
