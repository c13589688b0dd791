/** Puts a dataset into the form's draft, as if it had been picked there. It knows every setting, so it comes when asked for. */
import type { QueryClient } from "@tanstack/react-query";
import type { DatasetListItem } from "@/server/contract/datasets";
import { datasetsQuery, modelsQuery } from "../api/queries";
import { readDraft, writeDraft } from "./draft";
import { starterForm } from "./use-initial-form";

/** Stages that take the rows of a shape; the first is chosen where the form has another. */
const STAGES_OF_SHAPE: Readonly<Record<DatasetListItem["shape"], readonly string[]>> = {
  alpaca: ["sft", "ppo"],
  sharegpt: ["sft", "ppo"],
  openai: ["sft", "ppo"],
  pairs: ["dpo", "rm"],
  marks: ["kto"],
  text: ["pt"],
};

/** The form stays as it was left, but for this dataset and a stage that its rows fit. */
export async function chooseDataset(queries: QueryClient, dataset: DatasetListItem): Promise<void> {
  const form = readDraft() ?? (await freshForm(queries));
  const stages = STAGES_OF_SHAPE[dataset.shape];
  const stage = stages.includes(form.stage) ? form.stage : stages[0]!;
  writeDraft({ ...form, dataset: [dataset.name], stage });
}

async function freshForm(queries: QueryClient) {
  const [models, datasets] = await Promise.all([
    queries.ensureQueryData(modelsQuery),
    queries.ensureQueryData(datasetsQuery),
  ]);
  return starterForm(models.items, datasets.items);
}
