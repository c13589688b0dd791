"use client";
/**
 * The vote on answers without names, and how it stands. Keys 1 to 4 choose, 0 is a tie, outside of text; where the
 * composer is empty the bar takes the cursor from it as soon as there is something to vote on, and gives it back.
 */
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { letterOf, NONE, TIE, tallyOf } from "./blind-vote";
import type { Turn } from "./conversation";

export interface VoteBarProps {
  turns: readonly Turn[];
  /** The turn to vote on; null while there is none. */
  turn: Turn | null;
  nameOf: (target: string) => string;
  composer: RefObject<HTMLTextAreaElement | null>;
  onVote: (turnId: string, vote: string) => void;
}

export function VoteBar({ turns, turn, nameOf, composer, onVote }: VoteBarProps) {
  const t = useTranslations("chat.vote");
  const answer = useTranslations("chat");
  const bar = useRef<HTMLDivElement>(null);
  const turnId = turn?.id ?? null;
  const choices = useMemo(() => {
    const letters = (turn?.order ?? []).map((target, index) => ({
      vote: target,
      key: String(index + 1),
      label: answer("answerLetter", { letter: letterOf(index) }),
    }));
    return [...letters, { vote: TIE, key: "0", label: t("tie") }, { vote: NONE, key: "-", label: t("none") }];
  }, [turn, answer, t]);

  useEffect(() => {
    if (turnId === null) return;
    function vote(event: KeyboardEvent) {
      if (event.metaKey || event.ctrlKey || event.altKey || isText(event.target)) return;
      const choice = choices.find(({ key }) => key === event.key);
      if (!choice) return;
      event.preventDefault();
      onVote(turnId!, choice.vote);
      composer.current?.focus();
    }
    window.addEventListener("keydown", vote);
    return () => window.removeEventListener("keydown", vote);
  }, [turnId, choices, onVote, composer]);

  useEffect(() => {
    const field = composer.current;
    if (turnId !== null && field !== null && field === document.activeElement && field.value === "")
      bar.current?.querySelector("button")?.focus();
  }, [turnId, composer]);

  return (
    <div
      ref={bar}
      className="row row--wrap gap-x-3 gap-y-1 border-t border-line bg-sunken px-6 py-2 max-wide:px-4"
      role="group"
      aria-label={t("question")}
    >
      {turn ? (
        <>
          <span className="strong">{t("question")}</span>
          <span className="muted clip max-w-64 max-wide:hidden">{turn.text}</span>
          {choices.map(({ vote, key, label }) => (
            <Button
              key={vote}
              size="sm"
              aria-keyshortcuts={key}
              onClick={() => {
                onVote(turn.id, vote);
                composer.current?.focus();
              }}
            >
              {label} <kbd aria-hidden="true">{key}</kbd>
            </Button>
          ))}
        </>
      ) : (
        <span className="muted">{t("hint")}</span>
      )}
      <span className="grow" />
      <TallyLine turns={turns} nameOf={nameOf} />
    </div>
  );
}

function TallyLine({ turns, nameOf }: Pick<VoteBarProps, "turns" | "nameOf">) {
  const t = useTranslations("chat.vote");
  const { wins, ties, none, votes } = useMemo(() => tallyOf(turns), [turns]);
  if (votes === 0) return null;
  const parts = [
    ...[...wins].sort(([, a], [, b]) => b - a).map(([target, count]) => `${nameOf(target)} ${count}`),
    ...(ties > 0 ? [`${t("tie")} ${ties}`] : []),
    ...(none > 0 ? [`${t("none")} ${none}`] : []),
  ];
  return (
    <span className="tabular-nums" role="status">
      <span className="muted">{t("votes", { count: votes })}</span> {parts.join(" · ")}
    </span>
  );
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
      target.closest("[role=menu],[role=listbox],[role=dialog]") !== null)
  );
}
