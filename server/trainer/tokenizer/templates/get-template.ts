/**
 * The template by its LLaMA-Factory name, or read out of the tokenizer's own chat template, together with the tokenizer
 * as the template needs it: another eos, stop words that are special, a pad token.
 */
import { editDistance } from "@/server/contract/edit-distance";
import { AppError } from "@/server/contract/errors";
import type { SpecialTokenChanges, Tokenizer } from "../tokenizer";
import { jinjaTemplateOf } from "./exported-templates";
import { MULTIMODAL_TEMPLATES } from "./multimodal-templates";
import { parseTemplate } from "./parsed-template";
import { REASONING_TEMPLATES } from "./reasoning-templates";
import { Template, toolFormatNamed, type TemplateParts } from "./template";
import { EOS, type Slot, type Slots, type TemplateSpec } from "./template-spec";
import { TEXT_TEMPLATES } from "./text-templates";
import { TOOL_FORMATS } from "./tool-formats";

export const TEMPLATES: Readonly<Record<string, TemplateSpec>> = {
  ...TEXT_TEMPLATES,
  ...REASONING_TEMPLATES,
  ...MULTIMODAL_TEMPLATES,
};

/** The arguments of a configuration that change a template. */
export interface TemplateOptions {
  readonly toolFormat?: string | null;
  readonly defaultSystem?: string | null;
  readonly enableThinking?: boolean | null;
  readonly preserveThinking?: boolean;
  readonly trainOnPrompt?: boolean;
  /** Printed by templates that tell the date; the day of the call where left out. */
  readonly today?: Date;
}

/**
 * The template named `name` bound to `tokenizer`; its `tokenizer` is the one to use from here on. Without a name the
 * tokenizer's chat template is read, or "empty" taken where it has none.
 * @throws AppError invalid_config for a name that is not known (with near matches) or options that do not go together
 */
export function getTemplate(
  name: string | null | undefined,
  tokenizer: Tokenizer,
  options: TemplateOptions = {},
): Template {
  const spec = name
    ? namedSpec(name)
    : tokenizer.chatTemplate !== null
      ? parseTemplate(tokenizer)
      : TEMPLATES["empty"]!;
  const parts = resolve(name ?? (tokenizer.chatTemplate !== null ? "chat_template" : "empty"), spec, options);
  if (options.trainOnPrompt && parts.efficientEos) {
    throw new AppError(
      "invalid_config",
      `The template "${parts.name}" cannot be used with train_on_prompt: it learns the end of a turn at the next turn's ` +
        "first token. Set train_on_prompt to false.",
    );
  }
  const fixed = tokenizer.withSpecialTokens(specialTokenChanges(spec, tokenizer));
  const jinja = tokenizer.chatTemplate === null || spec.replaceJinja ? jinjaTemplateOf(parts, fixed) : null;
  return new Template(parts, jinja === null ? fixed : fixed.withSpecialTokens({ chatTemplate: jinja }));
}

function namedSpec(name: string): TemplateSpec {
  if (Object.hasOwn(TEMPLATES, name)) return TEMPLATES[name]!;
  const near = nearestNames(name, Object.keys(TEMPLATES));
  const hint = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
  throw new AppError(
    "invalid_config",
    `template "${name}" is not known.${hint} Leave it out to use the model's own chat template.`,
  );
}

const list = (slots: Slots): readonly Slot[] => (typeof slots === "string" ? [slots] : slots);

function resolve(name: string, spec: TemplateSpec, options: TemplateOptions): TemplateParts {
  const efficientEos = spec.efficientEos ?? false;
  const defaultAnswer: Slots = efficientEos ? "{{content}}" : ["{{content}}", EOS];
  const user = list(spec.user ?? "{{content}}");
  const assistant = list(spec.assistant ?? defaultAnswer);
  const asked = options.toolFormat ? toolFormatNamed(options.toolFormat) : null;
  const tools = spec.tools ?? "default";
  const today = options.today;
  return {
    name,
    user,
    assistant,
    system: list(spec.system ?? "{{content}}"),
    prefix: list(spec.prefix ?? []),
    observation: spec.observation ? list(spec.observation) : user,
    function: asked ? list(defaultAnswer) : spec.function ? list(spec.function) : assistant,
    callFormat: asked ?? (typeof tools === "string" ? TOOL_FORMATS[tools] : TOOL_FORMATS.default),
    toolFormat: asked ?? (typeof tools === "string" ? TOOL_FORMATS[tools] : tools),
    defaultSystem: options.defaultSystem ?? spec.defaultSystem ?? "",
    stopWords: spec.stopWords ?? [],
    thoughtWords: spec.thoughtWords ?? ["<think>\n", "\n</think>\n\n"],
    toolCallWords: spec.toolCallWords ?? ["<tool_call>", "</tool_call>"],
    efficientEos,
    systemInUser: spec.systemInUser ?? false,
    reasoning: spec.reasoning ?? false,
    emptyThought: spec.emptyThought ?? "both",
    enableThinking: options.enableThinking === undefined ? true : options.enableThinking,
    preserveThinking: options.preserveThinking ?? false,
    today: () => today ?? new Date(),
  };
}

function specialTokenChanges(spec: TemplateSpec, tokenizer: Tokenizer): SpecialTokenChanges {
  const stopWords = spec.stopWords ?? [];
  const eos = (spec.replaceEos ? stopWords[0] : undefined) ?? tokenizer.eos?.token ?? "<|endoftext|>";
  return {
    eos,
    pad: tokenizer.pad?.token ?? eos,
    special: spec.replaceEos ? stopWords.slice(1) : stopWords,
  };
}

/** Names that share a part with `name` or differ in few letters, nearest first. */
function nearestNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return names
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= 2 || candidate.startsWith(wanted) || wanted.startsWith(candidate),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ candidate }) => candidate);
}
