/** /api/chat: parse, call the chat service, reply; an answer streams as server-sent events. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Chat } from "@/server/chat/chat";
import { engineWishSchema } from "@/server/contract/api";
import { chatRequestSchema } from "@/server/contract/chat";
import type { Route } from "./router";

const loadSchema = z.object({
  targets: z.array(z.string().max(200)).min(1).max(8),
  engine: engineWishSchema.default("auto"),
});

export function chatRoutes(chat: Chat): Route[] {
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
