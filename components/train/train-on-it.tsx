"use client";
/** Opens the train form, as it was left, with this dataset chosen and a stage that its rows fit. */
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import type { DatasetListItem } from "@/server/contract/datasets";
import { Button } from "../ui/button";
import { readDraft, writeDraft } from "./draft";
import { useStarterForm } from "./use-initial-form";

/** Stages that take the rows of a shape; the first is chosen where the form has another. */
const STAGES_OF_SHAPE: Readonly<Record<DatasetListItem["shape"], readonly string[]>> = {
  alpaca: ["sft", "ppo"],
  sharegpt: ["sft", "ppo"],
  openai: ["sft", "ppo"],
  pairs: ["dpo", "rm"],
  marks: ["kto"],
  text: ["pt"],
};

export function TrainOnIt({ dataset }: { dataset: DatasetListItem }) {
  const t = useTranslations("datasets");
  const router = useRouter();
  const starter = useStarterForm();

  function open() {
    const form = readDraft() ?? starter;
    if (form) {
      const stages = STAGES_OF_SHAPE[dataset.shape];
      const stage = stages.includes(form.stage) ? form.stage : stages[0]!;
      writeDraft({ ...form, dataset: [dataset.name], stage });
    }
    router.push("/train");
  }

  return (
    <Button disabled={!starter} onClick={open}>
      {t("trainOnIt")}
    </Button>
  );
}
