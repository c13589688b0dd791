/**
 * Models that LLaMA-Factory knows by name (0.9.5's registry as a table of facts): where they are and which template is
 * theirs. For suggestions and the template's default; any other id works as well.
 */
import type { KnownModel } from "@/server/contract/hub";
import rows from "./known-models.json";

const KNOWN: readonly KnownModel[] = rows.map(([name, huggingface, modelscope, template]) => ({
  name: name!,
  huggingface: huggingface ?? null,
  modelscope: modelscope ?? null,
  template: template ?? null,
}));
const BY_ID = new Map(
  KNOWN.flatMap((model) =>
    [model.huggingface, model.modelscope].flatMap((id) =>
      id === null ? [] : [[id.toLowerCase(), model] as const],
    ),
  ),
);

/** The template of a hub id, as LLaMA-Factory chooses it; null where it knows none. */
export function knownTemplate(id: string): string | null {
  return BY_ID.get(id.toLowerCase())?.template ?? null;
}

/**
 * Those that have every word of the text in their name or id; the closest names first.
 * @returns at most `most`
 */
export function searchKnownModels(text: string, most = 12): KnownModel[] {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  if (words.length === 0) return [];
  const found = KNOWN.filter(({ name, huggingface, modelscope }) => {
    const searched = `${name} ${huggingface ?? ""} ${modelscope ?? ""}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
  const first = words.at(-1)!;
  const rank = ({ name }: KnownModel) => {
    const at = name.toLowerCase().indexOf(first);
    return (at < 0 ? 1000 : at * 10) + name.length;
  };
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
