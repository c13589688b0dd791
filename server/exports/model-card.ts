/**
 * The model card of an exported folder: README.md as Hugging Face defines it. What the trainer has told of an adapter is
 * kept and told of the merged model; without that, what the export itself knows. It reads no weights.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { cardParts, cardText } from "@/server/disk/front-matter";
import { licenseOfCard } from "@/server/models/model-card";
import type { ExportRecord } from "./export-record";

const CARD_FILE = "README.md";
/** What the embedded trainer's card says that does not hold of a merged model: how to load it, and that it is untouched. */
const ADAPTER_ONLY = [
  / Load it with PEFT on top of the base model\./,
  /\n<!-- Written by Tuneboard [^\n]*-->/,
];
const METHODS: Readonly<Record<string, string>> = {
  lora: "LoRA",
  oft: "OFT",
  full: "full-parameter training",
};

export interface CardFacts {
  name: string;
  /** The base model as it is named here. */
  base: string;
  /** An adapter to put on the base; the base with one merged in; a model that stands alone. */
  form: "adapter" | "merged" | "model";
  /** lora, oft or full. */
  method: string;
  /** Of the base; null where it is not known. */
  license: string | null;
  template: string | null;
}

/**
 * Writes the card into an exported folder, unless the program that wrote the folder has left one.
 * @param folder absolute
 * @param source what was exported; folders relative to `home` where they lie in it
 */
export function writeExportCard(
  folder: string,
  source: NonNullable<ExportRecord["source"]>,
  { home, name }: { home: string; name: string },
): void {
  const file = path.join(folder, CARD_FILE);
  if (existsSync(file)) return;
  const cardOf = (from: string) => textOf(path.resolve(home, from, CARD_FILE));
  const { model, adapter, method, template } = source;
  const given = cardOf(adapter ?? model);
  const facts: CardFacts = {
    name,
    base: model,
    form: adapter === null ? "model" : "merged",
    method,
    license: licenseOfCard(cardOf(model) ?? ""),
    template,
  };
  const card = given !== null && adapter !== null ? mergedCard(given, facts) : given;
  writeFileSync(file, card ?? plainCard(facts));
}

/** The card of an adapter, told of the model that it is merged into; null where it has no head to read. */
export function mergedCard(adapterCard: string, facts: CardFacts): string | null {
  const parts = cardParts(adapterCard);
  if (parts === null) return null;
  const { head, body } = parts;
  const told = ADAPTER_ONLY.reduce((text, words) => text.replace(words, ""), body).trimEnd();
  const { tags } = (head.toJS() ?? {}) as { tags?: unknown };
  const kept = Array.isArray(tags) ? tags.map(String).filter((tag) => !tag.startsWith("base_model:")) : [];
  head.set("library_name", "transformers");
  head.set("base_model", facts.base);
  head.set("tags", [`base_model:finetune:${facts.base}`, ...kept]);
  return cardText(head, `${told}\n\n## Weights\n\n${mergeSentence(facts)}\n`);
}

/** A card of what is known without anybody's card. */
export function plainCard(facts: CardFacts): string {
  const { name, base, form, method, license, template } = facts;
  const relation = form === "adapter" ? "adapter" : "finetune";
  const head = {
    library_name: form === "adapter" ? "peft" : "transformers",
    pipeline_tag: "text-generation",
    ...(form !== "model" && { base_model: base }),
    ...(license !== null && { license }),
    tags: [
      ...(form === "model" ? [] : [`base_model:${relation}:${base}`, method]),
      "tuneboard",
      "transformers",
    ],
  };
  const paragraphs = [
    `# ${name}`,
    ...(form === "model" ? [] : [`${base}, fine-tuned with ${METHODS[method] ?? method}.`]),
    ...(form === "merged" ? [mergeSentence(facts)] : []),
    ...(template === null ? [] : [`Chat template: ${template}.`]),
  ];
  return `---\n${stringify(head)}---\n\n${paragraphs.join("\n\n")}\n`;
}

function mergeSentence({ method, base }: CardFacts): string {
  return `The ${METHODS[method] ?? "trained"} adapter is merged into the weights of ${base}: the model stands on its own.`;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
