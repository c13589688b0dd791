"use client";
/** What a reasoning model thought, folded into one line with its length; open while it is all there is. */
import { useTranslations } from "use-intl";
import { Icon } from "@/components/ui/icon";
import { wordsOf } from "./word-marks";

export interface ThinkFoldProps {
  thought: string;
  thinking: boolean;
  /** Milliseconds so far; null where not known. */
  ms: number | null;
}

export function ThinkFold({ thought, thinking, ms }: ThinkFoldProps) {
  const t = useTranslations("chat.think");
  if (thought === "" && !thinking) return null;
  const words = wordsOf(thought).filter((word) => /\p{L}|\p{N}/u.test(word)).length;
  const seconds = ((ms ?? 0) / 1000).toFixed(1);
  return (
    <details className="think">
      <summary>
        <Icon name="right" small />
        {thinking ? t("thinking", { words }) : t("thought", { seconds, words })}
      </summary>
      <p className="wrap-anywhere whitespace-pre-wrap">{thought}</p>
    </details>
  );
}
