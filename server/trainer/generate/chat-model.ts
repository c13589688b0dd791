/**
 * A model folder that answers conversations: weights once, adapters read from their folders as they are asked for and
 * kept while there is room. It does not know HTTP, names of models or threads.
 */
import path from "node:path";
import { readJsonObject } from "../checkpoint/json-file";
import { countParameters, GENERATION_CONFIG_FILE, openModelFolder } from "../checkpoint/model-folder";
import type { Tokenizer } from "../tokenizer/tokenizer";
import type { FunctionCall } from "../tokenizer/templates/tool-formats";
import { loadTokenizer } from "../tokenizer/load-tokenizer";
import { answer, type AnswerEvent } from "./answer";
import { openAdaptedDecoder } from "./adapted-decoder";
import { createAdapterShelf } from "./adapter-shelf";
import { createCachePool } from "./cache-pool";
import { openCachedDecoder } from "./cached-decoder";
import { usualBits, type WeightBits } from "./packed-weights";
import { formatPrompt, type ConversationRequest, type FormattedPrompt } from "./prompt-ids";
import type { SamplingOptions } from "./sampler";
import { createTurns } from "./turns";

export interface ChatModelOptions {
  readonly modelPath: string;
  readonly template: string | null;
  readonly defaultSystem: string | null;
  /** "auto": exact float32 for small models, 8 bits for the others. */
  readonly bits: WeightBits | "auto";
  readonly threads?: number;
}

export interface ChatRequest {
  /** A conversation, or text to go on with as it is. */
  readonly source: ConversationRequest | { readonly text: string };
  /** Folder of a PEFT adapter; null: the base. */
  readonly adapterPath: string | null;
  readonly sampling: SamplingOptions;
  readonly maxNewTokens: number;
  readonly stopStrings: readonly string[];
  readonly signal: AbortSignal;
}

/** A text piece, or the end with what the whole answer says about tools. */
export type ChatEvent =
  AnswerEvent | { readonly kind: "tool_calls"; readonly calls: readonly FunctionCall[] };

export interface ChatModel {
  readonly parameters: number;
  readonly bits: WeightBits;
  readonly contextLength: number;
  /** Reads an adapter before it is asked for. @throws AppError where it cannot be used with this model */
  loadAdapter(folder: string): Promise<void>;
  /** @throws AppError where the request or the adapter cannot be used */
  chat(request: ChatRequest): AsyncGenerator<ChatEvent, void>;
  dispose(): Promise<void>;
}

/** @throws AppError naming file and reason where the folder cannot be served */
export async function openChatModel(options: ChatModelOptions): Promise<ChatModel> {
  const folder = await openModelFolder(options.modelPath);
  try {
    const tokenizer = await loadTokenizer(options.modelPath);
    const parameters = countParameters(folder);
    const bits = options.bits === "auto" ? usualBits(parameters) : options.bits;
    const decoding = { bits, threads: options.threads };
    const decoder = await openCachedDecoder(folder, decoding);
    const extraStops = await generationStopIds(options.modelPath);
    const turns = createTurns();
    const caches = createCachePool(() => decoder.newCache());
    const base = { modelPath: options.modelPath, decoder, caches, options: decoding };
    const adapters = createAdapterShelf((adapterPath) => openAdaptedDecoder(adapterPath, base));
    const settings = { tokenizer, template: options.template, defaultSystem: options.defaultSystem };

    return {
      parameters,
      bits,
      contextLength: decoder.contextLength,
      async loadAdapter(adapterPath) {
        (await adapters.take(adapterPath)).release();
      },
      async *chat(request) {
        const { source } = request;
        const prompt = "text" in source ? rawPrompt(tokenizer, source.text) : formatPrompt(settings, source);
        const taken = request.adapterPath === null ? null : await adapters.take(request.adapterPath);
        const speaker = taken?.adapter ?? { decoder, caches, prepared: null };
        const decode = (ids: readonly number[]) => prompt.tokenizer.decode(ids, { skipSpecialTokens: true });
        let text = "";
        const events = answer(
          { decoder: speaker.decoder, caches: speaker.caches, turns, decode },
          {
            prompt: prompt.ids,
            owner: taken?.version ?? "",
            adapter: speaker.prepared,
            sampling: request.sampling,
            maxNewTokens: request.maxNewTokens,
            stopIds: new Set([...prompt.stopIds, ...extraStops]),
            stopStrings: request.stopStrings,
            signal: request.signal,
          },
        );
        try {
          for await (const event of events) {
            if (event.kind === "text") text += event.text;
            else if ("messages" in source && source.tools && source.tools.length > 0) {
              const calls = prompt.template?.extractToolCalls(text) ?? [];
              if (calls.length > 0) yield { kind: "tool_calls", calls };
            }
            yield event;
          }
        } finally {
          taken?.release();
        }
      },
      async dispose() {
        await adapters.dispose();
        await decoder.dispose();
      },
    };
  } finally {
    await folder.close();
  }
}

/** Ids that generation_config.json ends an answer at; chat models often have one more than the tokenizer's eos. */
async function generationStopIds(modelPath: string): Promise<number[]> {
  const eos = (await readJsonObject(path.join(modelPath, GENERATION_CONFIG_FILE)))?.["eos_token_id"];
  return [eos].flat().filter((id): id is number => typeof id === "number");
}

/** Text as it is, with the tokens that the tokenizer puts around texts. */
function rawPrompt(tokenizer: Tokenizer, text: string): FormattedPrompt {
  const stopIds = new Set(tokenizer.eos ? [tokenizer.eos.id] : []);
  return { ids: tokenizer.encode(text, { addSpecialTokens: true }), stopIds, tokenizer, template: null };
}
