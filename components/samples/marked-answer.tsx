/** An answer as text, with the words marked that were not said before training. */
import { useTranslations } from "use-intl";
import type { Sample } from "@/server/contract/samples";
import { markedAnswer } from "./samples-model";

export interface MarkedAnswerProps {
  sample: Sample | undefined;
  base: Sample | undefined;
}

export function MarkedAnswer({ sample, base }: MarkedAnswerProps) {
  const t = useTranslations("run.samples");
  if (!sample) return <span className="faint">–</span>;
  return (
    <>
      {markedAnswer(base, sample).map((segment, index) =>
        segment.changed ? <mark key={index}>{segment.text}</mark> : <span key={index}>{segment.text}</span>,
      )}
      {!sample.ended && (
        <span className="faint" title={t("cut")}>
          {" "}
          …
        </span>
      )}
    </>
  );
}
