/**
 * The special tokens that an encoding gets around it: the `post_processor` of tokenizer.json for a single text.
 */
import type { ComponentConfig } from "./tokenizer-files";

export interface Surrounding {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const NONE: Surrounding = { before: [], after: [] };

type TemplateItem = { SpecialToken?: { id: string }; Sequence?: { id: string } };

/** Ids that go before and after a single text. */
export function surroundingTokens(config: ComponentConfig | null): Surrounding {
  switch (config?.type) {
    case "Sequence":
      return (config["processors"] as ComponentConfig[]).map(surroundingTokens).reduceRight(
        // The last processor wraps what the ones before it made.
        (outer, inner) => ({
          before: [...outer.before, ...inner.before],
          after: [...inner.after, ...outer.after],
        }),
        NONE,
      );
    case "TemplateProcessing": {
      const special = config["special_tokens"] as Record<string, { ids: number[] }>;
      const items = config["single"] as TemplateItem[];
      const middle = items.findIndex((item) => item.Sequence);
      const ids = (part: TemplateItem[]) => part.flatMap((item) => special[item.SpecialToken!.id]?.ids ?? []);
      return { before: ids(items.slice(0, middle)), after: ids(items.slice(middle + 1)) };
    }
    case "BertProcessing":
    case "RobertaProcessing":
      return {
        before: [(config["cls"] as [string, number])[1]],
        after: [(config["sep"] as [string, number])[1]],
      };
    default:
      return NONE;
  }
}
