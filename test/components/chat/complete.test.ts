import { afterEach, describe, expect, test, vi } from "vitest";
import { complete } from "@/components/chat/complete";
import { chatRequestSchema } from "@/server/contract/chat";

const REQUEST = chatRequestSchema.parse({ target: "base:a", messages: [{ role: "user", content: "Hi" }] });
const delta = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })}\n\n`;

function answerWith(body: string, status = 200) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
}

async function run() {
  const texts: string[] = [];
  const result = await complete(REQUEST, {
    onText: (text) => texts.push(text),
    signal: new AbortController().signal,
  });
  return { texts, result };
}

afterEach(() => vi.unstubAllGlobals());

describe("asking for an answer", () => {
  test("hands over the pieces and says how it ended", async () => {
    const end = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "length" }], usage: { completion_tokens: 2 } })}\n\n`;
    answerWith(delta("I am") + delta(" Ada") + end + "data: [DONE]\n\n");
    expect(await run()).toEqual({
      texts: ["I am", " Ada"],
      result: { finishReason: "length", tokens: 2, toolCalls: [] },
    });
  });

  test("a failure before the stream has the server's words", async () => {
    answerWith(JSON.stringify({ error: { code: "busy", message: "The model is being loaded." } }), 409);
    await expect(run()).rejects.toMatchObject({ code: "busy", message: "The model is being loaded." });
  });

  test("a failure in the middle of the stream does, too", async () => {
    answerWith(
      `${delta("I am")}data: ${JSON.stringify({ error: { code: "out_of_memory", message: "No memory." } })}\n\n`,
    );
    await expect(run()).rejects.toMatchObject({ code: "out_of_memory", message: "No memory." });
  });

  test("thinking that comes beside the text stands before it in tags", async () => {
    const chunk = (part: object) => `data: ${JSON.stringify({ choices: [{ delta: part }] })}\n\n`;
    answerWith(
      chunk({ reasoning_content: "Let me" }) +
        chunk({ reasoning_content: " see." }) +
        delta("Yes") +
        delta("."),
    );
    expect((await run()).texts.join("")).toBe("<think>Let me see.</think>Yes.");
  });

  test("functions that the model calls are put together from their pieces", async () => {
    const call = (index: number, part: object) =>
      `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [{ index, function: part }] } }] })}\n\n`;
    answerWith(
      call(0, { name: "weather", arguments: "" }) +
        call(0, { arguments: '{"a":' }) +
        call(0, { arguments: "1}" }),
    );
    expect((await run()).result.toolCalls).toEqual([{ name: "weather", arguments: '{"a":1}' }]);
  });
});
