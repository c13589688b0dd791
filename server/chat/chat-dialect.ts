/**
 * A chat request in the words of the server that answers it: the embedded one takes everything that the console knows,
 * LLaMA-Factory's takes fewer settings and calls one of them otherwise. Pure.
 */
import type { EngineId } from "@/server/contract/api";
import type { ChatRequest } from "@/server/contract/chat";

/**
 * The body of POST /v1/chat/completions.
 * @param model the name under which the server answers
 */
export function completionBody(
  engine: EngineId,
  request: ChatRequest,
  model: string,
): Record<string, unknown> {
  const { target: _target, engine: _engine, enable_thinking, ...rest } = request;
  if (engine === "embedded")
    return { ...rest, model, stream: true, chat_template_kwargs: { enable_thinking } };
  const { messages, temperature, top_p, max_tokens, repetition_penalty } = rest;
  return {
    model,
    messages,
    stream: true,
    // It has no seed, and top_k comes from its own defaults.
    do_sample: temperature > 0,
    ...(temperature > 0 && { temperature, top_p }),
    max_tokens,
    // What it calls presence_penalty is transformers' repetition_penalty (api/chat.py).
    presence_penalty: repetition_penalty,
  };
}
