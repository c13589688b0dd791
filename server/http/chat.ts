/**
 * /api/chat and /api/prompts: parse, call the chat room, reply; an answer streams as server-sent events. The
 * conversations themselves are asked for and kept by the page.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Chat } from "@/server/chat/chat";
import type { Conversations } from "@/server/chat/conversations";
import type { Endpoints } from "@/server/chat/endpoints";
import type { PromptSets } from "@/server/chat/prompt-sets";
import { engineWishSchema } from "@/server/contract/api";
import { chatRequestSchema } from "@/server/contract/chat";
import { keepConversationSchema, renameConversationSchema } from "@/server/contract/conversations";
import { endpointAddressSchema, saveEndpointSchema } from "@/server/contract/endpoints";
import { savePromptSetSchema } from "@/server/contract/prompt-sets";
import type { Route } from "./router";

const loadSchema = z.object({
  targets: z.array(z.string().max(200)).min(1).max(8),
  engine: engineWishSchema.default("auto"),
});

export interface ChatParts {
  chat: Chat;
  conversations: Conversations;
  promptSets: PromptSets;
  endpoints: Endpoints;
}

export function chatRoutes({ chat, conversations, promptSets, endpoints }: ChatParts): Route[] {
  return [
    ...answerRoutes(chat),
    ...conversationRoutes(conversations),
    ...promptSetRoutes(promptSets),
    ...endpointRoutes(endpoints),
  ];
}

function answerRoutes(chat: Chat): Route[] {
  return [
    { method: "GET", path: "/api/chat/targets", handle: async () => ({ items: await chat.targets() }) },
    {
      method: "POST",
      path: "/api/chat/load",
      handle: async ({ body }) => {
        const { targets, engine } = await body(loadSchema);
        return { items: await chat.load(targets, engine) };
      },
    },
    {
      method: "POST",
      path: "/api/chat/completions",
      async handle({ body, response }) {
        const request = await body(chatRequestSchema);
        const abort = new AbortController();
        response.once("close", () => abort.abort());
        const stream = await chat.complete(request, abort.signal);
        response.writeHead(200, {
          "Content-Type": "text/event-stream; charset=utf-8",
          "Cache-Control": "no-store",
          "X-Accel-Buffering": "no",
        });
        response.flushHeaders();
        await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), response).catch(
          (error: unknown) => {
            // The reader went away or the server broke off: either way the reply is over.
            if (!abort.signal.aborted) console.error(error);
          },
        );
      },
    },
  ];
}

function conversationRoutes(conversations: Conversations): Route[] {
  return [
    {
      method: "GET",
      path: "/api/chat/conversations",
      handle: async ({ query }) => ({ items: await conversations.list(query.get("search") ?? "") }),
    },
    {
      method: "GET",
      path: "/api/chat/conversations/:id",
      handle: ({ params }) => conversations.read(params.id!),
    },
    {
      method: "PUT",
      path: "/api/chat/conversations/:id",
      handle: async ({ params, body }) => conversations.keep(params.id!, await body(keepConversationSchema)),
    },
    {
      method: "PATCH",
      path: "/api/chat/conversations/:id",
      handle: async ({ params, body }) =>
        conversations.rename(params.id!, (await body(renameConversationSchema)).title),
    },
    {
      method: "DELETE",
      path: "/api/chat/conversations/:id",
      handle: async ({ params }) => {
        await conversations.remove(params.id!);
        return { removed: params.id };
      },
    },
  ];
}

function promptSetRoutes(promptSets: PromptSets): Route[] {
  return [
    { method: "GET", path: "/api/prompts", handle: async () => ({ items: await promptSets.list() }) },
    {
      method: "PUT",
      path: "/api/prompts/:name",
      handle: async ({ params, body }) =>
        promptSets.save(params.name!, (await body(savePromptSetSchema)).prompts),
    },
    {
      method: "DELETE",
      path: "/api/prompts/:name",
      handle: async ({ params }) => {
        await promptSets.remove(params.name!);
        return { removed: params.name };
      },
    },
  ];
}

function endpointRoutes(endpoints: Endpoints): Route[] {
  return [
    { method: "GET", path: "/api/chat/endpoints", handle: () => ({ items: endpoints.list() }) },
    {
      method: "POST",
      path: "/api/chat/endpoints/models",
      handle: async ({ body }) => ({ items: await endpoints.models(await body(endpointAddressSchema)) }),
    },
    {
      method: "PUT",
      path: "/api/chat/endpoints/:name",
      handle: async ({ params, body }) => endpoints.save(params.name!, await body(saveEndpointSchema)),
    },
    {
      method: "DELETE",
      path: "/api/chat/endpoints/:name",
      handle: ({ params }) => {
        endpoints.remove(params.name!);
        return { removed: params.name };
      },
    },
  ];
}
