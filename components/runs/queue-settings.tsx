"use client";
/** The queue's section of the settings: how many runs at a time, and what a failure means for those that wait. */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useJoining } from "@/components/i18n/use-joining";
import { useQueue } from "@/components/live/use-live";
import { ReadingLine } from "@/components/shell/reading-line";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Message } from "@/components/ui/message";
import { TextInput } from "@/components/ui/text-input";
import type { QueueStatus } from "@/server/contract/queue";
import { useChangeQueue } from "./queue-actions";

export function QueueSettings() {
  const t = useTranslations("runs.queueSettings");
  const { data: queue, error } = useQueue();
  const change = useChangeQueue();
  return (
    <section className="sect" id="queue">
      <h2>{t("title")}</h2>
      {error && !queue && <Message kind="bad">{error.message}</Message>}
      {!queue && !error && <ReadingLine />}
      {queue && (
        <div className="flex flex-col gap-4">
          <SlotsField
            key={queue.configured_slots}
            queue={queue}
            onChange={(slots) => change.mutate({ slots })}
          />
          <div>
            <Checkbox
              checked={queue.continue_on_error}
              onChange={(continues) => change.mutate({ continue_on_error: continues })}
            >
              {t("continueOnError")}
            </Checkbox>
            <p className="hint">{t("continueHint")}</p>
          </div>
        </div>
      )}
    </section>
  );
}

interface SlotsFieldProps {
  queue: QueueStatus;
  /** null for automatic. */
  onChange: (slots: number | null) => void;
}

/** Empty means automatic; taken over when the field is left or Enter is pressed. */
function SlotsField({ queue, onChange }: SlotsFieldProps) {
  const t = useTranslations("runs.queueSettings");
  const { named } = useJoining();
  const kept = queue.configured_slots?.toString() ?? "";
  const [text, setText] = useState(kept);
  const slots = text.trim() === "" ? null : Number(text);
  const isValid = slots === null || (Number.isInteger(slots) && slots >= 1 && slots <= 64);
  const keep = () => isValid && slots !== queue.configured_slots && onChange(slots);
  return (
    <Field
      label={t("slots")}
      className="max-w-80"
      hint={
        queue.cards.length === 0
          ? t("slotsHintCpu")
          : t("slotsHintCards", { count: queue.cards.length, names: queue.cards.join(", ") })
      }
      problem={isValid ? null : { severity: "error", message: t("slotsProblem") }}
    >
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder={named(t("slotsAuto"), queue.automatic_slots)}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && keep()}
        />
      )}
    </Field>
  );
}
