/** Whether the model has a row for every id of the data: a template may have brought tokens that it never saw. */
import { AppError } from "../../contract/errors";
import type { EncodedExample } from "../data/encoded-example";
import type { TrainableModel } from "../models/causal-lm";
import type { StageContext } from "./stage";

/** Looks at examples, as often as there are new ones. */
export type VocabularyCheck = (examples: readonly Pick<EncodedExample, "inputIds">[]) => void;

/**
 * A check that warns once of each token that the template brought.
 * @throws AppError (the check) invalid_config naming the token and the template where an id lies outside the vocabulary
 */
export function vocabularyCheck(
  { config, template, log }: Pick<StageContext, "config" | "template" | "log">,
  { hfConfig }: Pick<TrainableModel, "hfConfig">,
): VocabularyCheck {
  const rows = Number(hfConfig["vocab_size"] ?? Infinity);
  const { newTokens } = template.tokenizer;
  const newIds = new Set(newTokens.map((token) => template.tokenizer.tokenToId(token)));
  const told = new Set<number>();
  return (examples) => {
    const used = new Set<number>();
    for (const { inputIds } of examples) {
      for (const id of inputIds) {
        if (id >= rows) throw unknownToken(template.tokenizer.idToToken(id) ?? String(id), config);
        if (newIds.has(id) && !told.has(id)) used.add(id);
      }
    }
    if (used.size === 0) return;
    for (const id of used) told.add(id);
    const tokens = [...used].map((id) => template.tokenizer.idToToken(id)).join(", ");
    log.warn(
      `The template ${template.name} uses ${tokens}, which the model's tokenizer does not have; they take unused rows of the embedding, whose values were never trained.`,
    );
  };
}

function unknownToken(token: string, config: StageContext["config"]): AppError {
  return new AppError(
    "invalid_config",
    `template: ${config.template ?? "(the model's own)"} uses the token ${token}, which ${config.model_name_or_path} has no embedding for. Choose the template that belongs to the model.`,
  );
}
