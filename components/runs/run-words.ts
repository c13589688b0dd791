"use client";
/** Short words about a run for tables: its method, its data, how its status stands. */
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { shareDone } from "@/components/run/share-done";
import type { RunSummary } from "@/server/contract/run";

export function useRunWords() {
  const failure = useTranslations("failure");
  const format = useFormat();
  return {
    method(run: RunSummary): string {
      const rank = run.method === "lora" && run.lora_rank !== null ? ` r ${run.lora_rank}` : "";
      const name = { lora: "LoRA", oft: "OFT" }[run.method] ?? run.method;
      const stage = run.stage === "sft" ? "" : `, ${run.stage}`;
      return `${name}${rank}${stage}`;
    },
    data(run: RunSummary): string {
      const [first, ...others] = run.datasets;
      if (first === undefined) return "–";
      return others.length === 0 ? first : `${first} +${others.length}`;
    },
    /** In place of the status's own word; undefined keeps it. */
    status(run: RunSummary): string | undefined {
      if (run.status === "running" && run.total_steps > 0)
        return format.percent(Math.floor((run.step / run.total_steps) * 100) / 100);
      if (run.status !== "failed") return undefined;
      const kind = run.failure?.kind ?? "other";
      return kind === "other" || kind === "interrupted" ? undefined : withoutStop(failure(`kind.${kind}`));
    },
    progress: shareDone,
  };
}

/** A sentence as a label. */
function withoutStop(sentence: string): string {
  return sentence.replace(/[.。]$/, "");
}
