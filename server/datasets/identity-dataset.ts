/**
 * The identity dataset for a name and an author: the questions and answers that the starter's own set has, for any model
 * and in the languages wanted.
 */
import type { IdentityRequest } from "@/server/contract/datasets";
import { identityRows, SHIPPED_PERSONA } from "@/server/starter/datasets/identity";
import type { AlpacaRow } from "@/server/starter/datasets/row";

const CHINESE = /\p{Script=Han}/u;

/** Rows in which the model goes by `name` and was made by `author`. */
export function identityDataset({ name, author, languages }: Omit<IdentityRequest, "dataset">): AlpacaRow[] {
  return identityRows(name, author)
    .filter(({ instruction }) => languages.includes(CHINESE.test(instruction) ? "zh" : "en"))
    .map((row) => ({ ...row, output: ofAnySize(row.output, name, author) }));
}

/** The starter calls itself small, which another model is not. The persona's own words stay as they were written. */
function ofAnySize(answer: string, name: string, author: string): string {
  const parts = answer.split(new RegExp(`(${[name, author].map(escaped).join("|")})`));
  return parts
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part.replace("a small language model", "a language model").replace("小语言模型", "语言模型"),
    )
    .join("");
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What ships under the name `identity`, for the form's first words. */
export const IDENTITY_EXAMPLE = SHIPPED_PERSONA;
