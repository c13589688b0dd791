/**
 * A template written for other programs: the Jinja chat template that is saved with a trained model, and the TEMPLATE
 * of an Ollama Modelfile. Both cover system, user and assistant turns, as LLaMA-Factory's do; not tools.
 */
import type { Tokenizer } from "../tokenizer";
import type { TemplateParts } from "./template";
import type { Slot } from "./template-spec";

const CONTENT = "{{content}}";
const escapeQuotes = (text: string) => text.replaceAll("'", "\\'");

/** The text before and after the placeholder; `after` is null where there is none. What follows a second one is dropped. */
function halves(slot: string): { before: string; after: string | null } {
  const [before = "", after] = slot.split(CONTENT);
  return { before, after: after ?? null };
}

function specialText(slot: Exclude<Slot, string>, tokenizer: Tokenizer): string | null {
  if ("token" in slot) return null;
  return (slot.special === "bos" ? tokenizer.bos : tokenizer.eos)?.token ?? "";
}

/** Slots as a Jinja expression; null where a slot is one vocabulary entry, which Jinja cannot name. */
function jinjaExpression(slots: readonly Slot[], tokenizer: Tokenizer, placeholder: string): string | null {
  const items: string[] = [];
  for (const slot of slots) {
    if (typeof slot !== "string") {
      const text = specialText(slot, tokenizer);
      if (text === null) return null;
      if (text) items.push(`'${text}'`);
      continue;
    }
    const { before, after } = halves(slot);
    if (before) items.push(`'${escapeQuotes(before)}'`);
    if (after !== null) items.push(placeholder);
    if (after) items.push(`'${escapeQuotes(after)}'`);
  }
  return items.join(" + ");
}

/** The template as Jinja; null where it cannot be written so. */
export function jinjaTemplateOf(parts: TemplateParts, tokenizer: Tokenizer): string | null {
  const expression = (slots: readonly Slot[], placeholder = "content") =>
    jinjaExpression(slots, tokenizer, placeholder);
  const prefix = expression(parts.prefix);
  const system = expression(parts.system, "system_message");
  const user = expression(parts.user);
  const assistant = expression(parts.assistant);
  if (prefix === null || system === null || user === null || assistant === null) return null;
  const content = parts.systemInUser
    ? "{% if loop.index0 == 0 and system_message is defined %}" +
      `{% set content = ${system} + message['content'] %}` +
      "{% else %}{% set content = message['content'] %}{% endif %}"
    : "{% set content = message['content'] %}";
  return [
    prefix && `{{ ${prefix} }}`,
    parts.defaultSystem && `{% set system_message = '${escapeQuotes(parts.defaultSystem)}' %}`,
    "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}",
    "{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% endif %}",
    !parts.systemInUser && `{% if system_message is defined %}{{ ${system} }}{% endif %}`,
    `{% for message in loop_messages %}${content}`,
    `{% if message['role'] == 'user' %}{{ ${user} }}`,
    `{% elif message['role'] == 'assistant' %}{{ ${assistant} }}{% endif %}{% endfor %}`,
  ]
    .filter(Boolean)
    .join("");
}

/** The TEMPLATE of an Ollama Modelfile; null where it cannot be written so. */
export function ollamaTemplateOf(parts: TemplateParts, tokenizer: Tokenizer): string | null {
  const text = (slots: readonly Slot[], placeholder = "content") => {
    const pieces = slots.map((slot) => {
      if (typeof slot !== "string") return specialText(slot, tokenizer);
      const { before, after } = halves(slot);
      return before + (after === null ? "" : `{{ ${placeholder} }}${after}`);
    });
    return pieces.includes(null) ? null : pieces.join("");
  };
  const prefix = text(parts.prefix);
  const system = text(parts.system, ".System");
  const user = text(parts.user, ".Content");
  const assistant = text(parts.assistant, ".Content");
  if (prefix === null || system === null || user === null || assistant === null) return null;
  return (
    `${prefix}{{ if .System }}${system}{{ end }}{{ range .Messages }}{{ if eq .Role "user" }}${user}` +
    `{{ else if eq .Role "assistant" }}${assistant}{{ end }}{{ end }}`
  );
}
