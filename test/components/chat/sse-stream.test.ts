import { describe, expect, test } from "vitest";
import { readEvents } from "@/components/chat/sse-stream";

const STREAM =
  'data: {"a":"你好"}\r\n\r\n: a comment\n\nevent: x\ndata: two\ndata: lines\n\ndata:tight\r\rdata: [DONE]\n\n';
const EVENTS = ['{"a":"你好"}', "two\nlines", "tight", "[DONE]"];

/** A body that brings `bytes` in pieces of `size`. */
function bodyOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function eventsOf(text: string, size: number): Promise<string[]> {
  const events: string[] = [];
  for await (const data of readEvents(bodyOf(new TextEncoder().encode(text), size))) events.push(data);
  return events;
}

describe("reading server-sent events", () => {
  test("gives the same events however the bytes are cut", async () => {
    for (let size = 1; size <= STREAM.length; size += 1) expect(await eventsOf(STREAM, size)).toEqual(EVENTS);
  });

  test("an event without its closing empty line counts when the body ends", async () => {
    expect(await eventsOf("data: last", 3)).toEqual(["last"]);
  });

  test("leaving early cancels the body", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: again\n\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const data of readEvents(body)) {
      expect(data).toBe("again");
      break;
    }
    expect(cancelled).toBe(true);
  });
});
