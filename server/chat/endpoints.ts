/**
 * Servers elsewhere that speak OpenAI's API: kept in one file in the home folder that only its owner may read, since it
 * holds their keys; asked through the console, so that no page ever sees a key or talks to another host.
 */
import { readFileSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import type { ChatRequest, ChatTarget } from "@/server/contract/chat";
import {
  baseUrlSchema,
  endpointNameSchema,
  endpointTarget,
  type Endpoint,
  type endpointAddressSchema,
  type saveEndpointSchema,
} from "@/server/contract/endpoints";
import { AppError } from "@/server/contract/errors";
import { writeWholeNow } from "@/server/disk/whole-file";
import { plainCompletionBody } from "./chat-dialect";
import { guardedRequest } from "./guarded-request";

export const ENDPOINTS_FILE = "chat-endpoints.json";
const OWNER_ONLY = 0o600;
const MOST_REPLY_BYTES = 1_000_000;
const LIST_PATIENCE_MS = 10_000;

const keptSchema = z.object({ base_url: baseUrlSchema, model: z.string(), api_key: z.string().default("") });
type Kept = z.infer<typeof keptSchema>;
const fileSchema = z.record(endpointNameSchema, keptSchema);
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

export class Endpoints {
  readonly #file: string;

  constructor(home: string) {
    this.#file = path.join(home, ENDPOINTS_FILE);
  }

  list(): Endpoint[] {
    return Object.entries(this.#kept()).map(([name, { base_url, model, api_key }]) => ({
      name,
      base_url,
      model,
      has_key: api_key !== "",
    }));
  }

  targets(): ChatTarget[] {
    return this.list().map(({ name, base_url, model }) => ({
      id: endpointTarget(name),
      kind: "endpoint",
      label: name,
      detail: `${model} · ${new URL(base_url).host}`,
      run_id: null,
      base_id: null,
      template: null,
      engine: null,
    }));
  }

  /** Whether a target id is one of these, kept or not. */
  owns(target: string): boolean {
    return target.startsWith(endpointTarget(""));
  }

  has(target: string): boolean {
    return this.list().some(({ name }) => endpointTarget(name) === target);
  }

  save(name: string, { base_url, model, api_key }: z.output<typeof saveEndpointSchema>): Endpoint {
    const checked = endpointNameSchema.safeParse(name);
    if (!checked.success)
      throw new AppError("invalid_request", `${name}: ${checked.error.issues[0]!.message}`);
    const all = this.#kept();
    const key = this.#keyFor({ name: checked.data, base_url, api_key });
    this.#write({ ...all, [checked.data]: { base_url, model, api_key: key } });
    return { name: checked.data, base_url, model, has_key: key !== "" };
  }

  /** @throws AppError not_found */
  remove(name: string): void {
    const { [name]: gone, ...others } = this.#kept();
    if (!gone) throw new AppError("not_found", `There is no server called ${name}.`);
    this.#write(others);
  }

  /** Names of the models that a server has. @throws AppError engine_failed, forbidden */
  async models(address: z.output<typeof endpointAddressSchema>): Promise<string[]> {
    const url = `${address.base_url}/models`;
    const reply = await guardedRequest({
      url,
      key: this.#keyFor(address) || null,
      signal: AbortSignal.timeout(LIST_PATIENCE_MS),
    });
    const text = await replyText(reply);
    if (reply.statusCode !== 200) throw refused(url, reply, text);
    const list = modelsSchema.safeParse(json(text));
    if (!list.success)
      throw new AppError(
        "engine_failed",
        `${url} is no list of models. The address of OpenAI's API often ends with /v1.`,
      );
    return list.data.data.map(({ id }) => id).slice(0, 500);
  }

  /** The stream of events of an answer. @throws AppError not_found, engine_failed, forbidden */
  async complete(request: ChatRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const found = Object.entries(this.#kept()).find(([name]) => endpointTarget(name) === request.target);
    if (!found) throw new AppError("not_found", `There is no server kept under ${request.target}.`);
    const [, { base_url, model, api_key }] = found;
    const url = `${base_url}/chat/completions`;
    const body = plainCompletionBody(request, model);
    const reply = await guardedRequest({ url, body, key: api_key || null, signal });
    const type = reply.headers["content-type"] ?? "";
    // Anything else than an answer stays here: only its status and its own words about a failure are told.
    if (reply.statusCode !== 200 || !type.startsWith("text/event-stream"))
      throw refused(url, reply, await replyText(reply));
    return Readable.toWeb(reply) as ReadableStream<Uint8Array>;
  }

  /** The key that was typed, else the one that is kept for the same address: it never goes to another one. */
  #keyFor({ name, base_url, api_key }: { name?: string; base_url: string; api_key?: string }): string {
    const kept = name === undefined ? undefined : this.#kept()[name];
    return api_key ?? (kept?.base_url === base_url ? kept.api_key : "");
  }

  #kept(): Record<string, Kept> {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#file, "utf8")));
    } catch {
      return {};
    }
  }

  #write(all: Record<string, Kept>): void {
    if (Object.keys(all).length === 0) rmSync(this.#file, { force: true });
    else writeWholeNow(this.#file, `${JSON.stringify(all, null, 2)}\n`, OWNER_ONLY);
  }
}

/** @throws AppError engine_failed where the reply is longer than such a reply can be */
async function replyText(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_REPLY_BYTES) {
      reply.destroy();
      throw new AppError("engine_failed", "The server's reply is longer than such a reply can be.");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

function refused(url: string, reply: IncomingMessage, text: string): AppError {
  const status = reply.statusCode ?? 0;
  const { location } = reply.headers;
  if (status >= 300 && status < 400)
    return new AppError(
      "engine_failed",
      `${url} leads on to ${location ?? "another address"}, which is not followed. Type the address where the server answers.`,
    );
  const failure = failureSchema.safeParse(json(text));
  const says = failure.success
    ? `: ${failure.data.error.message.slice(0, 500)}`
    : status === 200
      ? ", but no stream of an answer"
      : "";
  return new AppError("engine_failed", `${url} answered ${status}${says}.`);
}
