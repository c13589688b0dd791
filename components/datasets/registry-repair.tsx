"use client";
/** dataset_info.json where it cannot be read: where it is broken, what it may be meant to say, and a way to mend it. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { RegistryText } from "@/server/contract/datasets";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { TextArea } from "../ui/text-input";
import { replaceRegistry } from "./dataset-queries";
import { useDone } from "./use-done";

export function RegistryRepair({ registry }: { registry: RegistryText }) {
  const t = useTranslations("datasets.repair");
  const done = useDone();
  const say = useSay();
  const { problem, repaired } = registry;
  const [text, setText] = useState(registry.text);
  const saving = useMutation({
    mutationFn: () => replaceRegistry(text),
    onSuccess: ({ undo }) => done(t("done"), undo),
  });
  const place = problem?.place;
  return (
    <section className="mb-4 grid gap-2" aria-label={t("title")}>
      <Message kind="bad">
        {place
          ? t("brokenAt", { ...place, reason: say(problem.message) })
          : t("broken", { reason: say(problem?.message ?? "") })}
      </Message>
      <TextArea
        className="mono"
        rows={14}
        aria-label="dataset_info.json"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        ref={(area) => {
          // Once, where the fault is.
          if (!area || !place || area.dataset["placed"]) return;
          area.dataset["placed"] = "yes";
          const at = offsetOf(registry.text, place);
          area.setSelectionRange(at, at + 1);
          area.scrollTop = Math.max(0, (place.line - 6) * 20);
        }}
      />
      {saving.error && <Message kind="bad">{saving.error.message}</Message>}
      <div className="row row--wrap">
        {repaired !== null && text !== repaired && (
          <Button onClick={() => setText(repaired)}>{t("suggest")}</Button>
        )}
        <Button kind="primary" disabled={saving.isPending} onClick={() => saving.mutate()}>
          {t("save")}
        </Button>
        <span className="hint">{repaired === null ? t("byHand") : t("suggestSays")}</span>
      </div>
    </section>
  );
}

function offsetOf(text: string, place: { line: number; column: number }): number {
  const before = text.split("\n").slice(0, place.line - 1);
  return before.reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
}
