/**
 * A chat request in the words of the server that answers it: the embedded one takes everything that the console knows,
 * LLaMA-Factory's takes fewer settings and calls one of them otherwise, a server elsewhere is told what OpenAI's API
 * knows. Pure.
 */
import type { EngineId } from "@/server/contract/api";
import type { ChatRequest } from "@/server/contract/chat";

/**
 * The body of POST /v1/chat/completions for an engine's server.
 * @param model the name under which the server answers
 */
export function completionBody(
  engine: EngineId,
  request: ChatRequest,
  model: string,
): Record<string, unknown> {
  const { target: _target, engine: _engine, enable_thinking, tools, ...rest } = request;
  const withTools = tools.length > 0 && { tools };
  if (engine === "embedded")
    return { ...rest, ...withTools, model, stream: true, chat_template_kwargs: { enable_thinking } };
  const { messages, temperature, top_p, max_tokens, repetition_penalty } = rest;
  return {
    model,
    messages,
    ...withTools,
    stream: true,
    // It has no seed, and top_k comes from its own defaults.
    do_sample: temperature > 0,
    ...(temperature > 0 && { temperature, top_p }),
    max_tokens,
    // What it calls presence_penalty is transformers' repetition_penalty (api/chat.py).
    presence_penalty: repetition_penalty,
  };
}

/** The same for a server that is told nothing but OpenAI's own fields: many refuse what they do not know. */
export function plainCompletionBody(request: ChatRequest, model: string): Record<string, unknown> {
  const { messages, tools, temperature, top_p, max_tokens, seed } = request;
  return {
    model,
    messages,
    ...(tools.length > 0 && { tools }),
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    top_p,
    max_tokens,
    seed,
  };
}
