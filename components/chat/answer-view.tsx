"use client";
/** One answer: thinking, text, what can be done with it, and how fast it came. */
import dynamic from "next/dynamic";
import { memo, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { useSay } from "@/components/i18n/use-say";
import { Button, IconButton } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import { StatusMark } from "@/components/ui/status-mark";
import { type Answer, isComing, isSaid, tokensPerSecond } from "./conversation";
import { ThinkFold } from "./think-fold";
import { splitThink } from "./think-text";

/** Markdown comes with the first answer; a chat opens without. */
const AnswerText = dynamic(() => import("./answer-text").then((module) => module.AnswerText));

export interface AnswerViewProps {
  answer: Answer;
  base: string | null;
  /** Nothing may tell whose answer it is. */
  hidden: boolean;
  onAgain: () => void;
  /** Missing where nobody else was asked. */
  onAllAgain?: () => void;
  onStop: () => void;
  onEdit: () => void;
  /** Adds it to the dataset. */
  onKeep: () => void;
}

export const AnswerView = memo(function AnswerView({
  answer,
  base,
  hidden,
  onAgain,
  onAllAgain,
  onStop,
  onEdit,
  onKeep,
}: AnswerViewProps) {
  const t = useTranslations("chat");
  const say = useSay();
  // Markdown and marks of a long answer take a while; the page must not wait for them at every piece.
  const { thought, thinking, said } = splitThink(useDeferredValue(answer.text));
  const coming = isComing(answer);
  return (
    <div>
      {thought !== null && <ThinkFold thought={thought} thinking={thinking && coming} ms={answer.think_ms} />}
      <div aria-live="polite" aria-busy={coming}>
        <AnswerText text={said} base={base} writing={answer.state === "writing" && !thinking} />
      </div>
      {answer.tool_calls.map((call, index) => (
        <figure key={index} className="my-2">
          <figcaption className="faint small">{t("calls", { name: call.name })}</figcaption>
          <pre className="code wrap-anywhere whitespace-pre-wrap">{call.arguments}</pre>
        </figure>
      ))}
      {answer.state === "done" && !isSaid(answer) && <p className="muted">{t("emptyAnswer")}</p>}
      {answer.state === "failed" && (
        <Message kind="bad" className="my-1">
          {say(answer.error ?? "")}
        </Message>
      )}
      <div className="row between mt-1 mb-5 min-h-7">
        {coming ? (
          <span className="row gap-1">
            <StatusMark
              status="running"
              progress={0.25}
              text={t(answer.state === "waiting" ? "waiting" : "writing")}
            />
            <IconButton icon="stop" label={t("stopOne")} onClick={onStop} />
          </span>
        ) : (
          <span className="row -ml-1.5 gap-0">
            {answer.state === "failed" ? (
              <Button size="sm" icon="retry" className="ml-1.5" onClick={onAgain}>
                {t("again")}
              </Button>
            ) : (
              <>
                <CopyAnswer text={said} />
                <IconButton icon="retry" label={t("again")} onClick={onAgain} />
              </>
            )}
            {onAllAgain && <IconButton icon="retryAll" label={t("allAgain")} onClick={onAllAgain} />}
            <IconButton icon="edit" label={t("edit")} onClick={onEdit} />
            {isSaid(answer) && <IconButton icon="datasets" label={t("keepRow")} onClick={onKeep} />}
          </span>
        )}
        {!hidden && <AnswerFigures answer={answer} />}
      </div>
    </div>
  );
});

function CopyAnswer({ text }: { text: string }) {
  const t = useTranslations("chat");
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      icon={copied ? "check" : "copy"}
      label={t(copied ? "copied" : "copy")}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      onBlur={() => setCopied(false)}
    />
  );
}

function AnswerFigures({ answer }: { answer: Answer }) {
  const t = useTranslations("chat");
  const speed = tokensPerSecond(answer);
  if (answer.tokens === 0) return null;
  return (
    <small className="faint text-right">
      {answer.state === "stopped" && `${t("stopped")} · `}
      {answer.cut && <span title={t("cutTitle")}>{t("cut")} · </span>}
      {t("tokens", { count: answer.tokens })}
      {speed !== null && (
        <>
          {" · "}
          <span className="text-fg">
            {t("perSecond", { speed: speed < 100 ? speed.toFixed(1) : Math.round(speed) })}
          </span>
        </>
      )}
      {answer.first_ms !== null && (
        <span className="max-wide:hidden">
          {" "}
          · {t("first", { seconds: (answer.first_ms / 1000).toFixed(1) })}
        </span>
      )}
    </small>
  );
}
