import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/components/api/client";
import type { complete, Completion } from "@/components/chat/complete";
import { createConversationStore } from "@/components/chat/conversation-store";
import { DEFAULT_SETTINGS } from "@/components/chat/chat-settings";
import type { Answer, Turn } from "@/components/chat/conversation";
import { parseSamplePrompts } from "@/server/contract/samples";
import type { ChatRequest } from "@/server/contract/chat";

const ASKING = DEFAULT_SETTINGS.asking;

/** Model servers under the test's hand: each request waits for `say`, `end` or `fail`. */
function servers() {
  const calls: {
    request: ChatRequest;
    say: (text: string) => void;
    end: (completion?: Partial<Completion>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const fake: typeof complete = (request, { onText, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
      calls.push({
        request,
        say: onText,
        end: (completion) => resolve({ finishReason: "stop", tokens: null, toolCalls: [], ...completion }),
        fail: reject,
      });
    });
  return { calls, fake };
}

const settle = () => vi.advanceTimersByTimeAsync(300);

describe("a conversation with several targets", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  function start() {
    const { calls, fake } = servers();
    let clock = 0;
    const store = createConversationStore({ complete: fake, now: () => clock });
    return { calls, store, tick: (ms: number) => (clock += ms) };
  }

  test("one question streams to each on its own, and one that fails leaves the other alone", async () => {
    const { calls, store, tick } = start();
    void store.send("Who are you?", ["base:a", "run:b"], ASKING);
    tick(500);
    calls[0]!.say("I am");
    tick(100);
    calls[0]!.say(" Qwen.");
    calls[1]!.fail(new ApiError("out_of_memory", "No memory."));
    await settle();
    calls[0]!.end({ tokens: 3 });
    await settle();
    const { answers } = store.get()[0]!;
    expect(answers["base:a"]).toMatchObject({
      text: "I am Qwen.",
      state: "done",
      tokens: 3,
      first_ms: 500,
      write_ms: 100,
    });
    expect(answers["run:b"]).toMatchObject({ state: "failed", error: "No memory." });
  });

  test("what each was told before is its own side of the conversation", async () => {
    const { calls, store } = start();
    void store.send("One", ["base:a", "run:b"], { ...ASKING, system: "Be brief." });
    calls[0]!.say("A1");
    calls[0]!.end();
    calls[1]!.fail(new Error("gone"));
    await settle();
    void store.send("Two", ["base:a", "run:b"], ASKING);
    const said = (index: number) => calls[index]!.request.messages.map((message) => message.content);
    expect(said(0)).toEqual(["Be brief.", "One"]);
    expect(said(2)).toEqual(["One", "A1", "Two"]);
    expect(said(3)).toEqual(["Two"]);
  });

  test("stopping one keeps what it said and lets the other go on", async () => {
    const { calls, store } = start();
    void store.send("Go", ["base:a", "run:b"], ASKING);
    calls[0]!.say("half");
    calls[1]!.say("still");
    await settle();
    store.stop("base:a");
    await settle();
    expect(store.get()[0]!.answers).toMatchObject({
      "base:a": { text: "half", state: "stopped" },
      "run:b": { state: "writing" },
    });
  });

  test("editing a question forgets its answers and what came after it, and asks again", async () => {
    const { calls, store } = start();
    for (const text of ["Teh question", "A later one"]) {
      void store.send(text, ["base:a"], ASKING);
      calls.at(-1)!.say("Late");
      calls.at(-1)!.end();
      await settle();
    }
    const turnId = store.get()[0]!.id;
    store.edit({ turnId, text: "The question", order: null }, ["base:a"], ASKING);
    await settle();
    calls[2]!.say("Fresh");
    calls[2]!.end();
    await settle();
    expect(store.get()).toHaveLength(1);
    expect(store.get()[0]).toMatchObject({
      text: "The question",
      answers: { "base:a": { text: "Fresh", state: "done" } },
    });
  });

  test("a pane that joins later answers every question in order", async () => {
    const { calls, store } = start();
    for (const question of ["One", "Two"]) {
      void store.send(question, ["base:a"], ASKING);
      calls.at(-1)!.say("ok");
      calls.at(-1)!.end();
      await settle();
    }
    void store.catchUp("run:b", ASKING);
    for (const expected of ["One", "Two"]) {
      await settle();
      expect(calls.at(-1)!.request.messages.at(-1)!.content).toBe(expected);
      calls.at(-1)!.say("yes");
      calls.at(-1)!.end();
    }
    await settle();
    expect(store.get().map((turn) => turn.answers["run:b"]?.text)).toEqual(["yes", "yes"]);
  });

  test("a prompt set is asked one by one, each without what was said before, and stops", async () => {
    const { calls, store } = start();
    void store.send("Before", ["base:a"], ASKING);
    calls[0]!.say("Said");
    calls[0]!.end();
    await settle();
    const system = { role: "system" as const, content: "Be kind." };
    const prompts = parseSamplePrompts(["One", [system, { role: "user", content: "Two" }], "Three"]);
    const asked = store.sendSet(prompts, ["base:a"], { ...ASKING, system: "Be brief." }, () => null);
    await settle();
    expect(store.progress()).toEqual({ asked: 1, of: 3 });
    expect(calls).toHaveLength(2);
    calls[1]!.say("1");
    calls[1]!.end();
    await settle();
    const sent = (index: number) => calls[index]!.request.messages.map(({ content }) => content);
    expect([sent(1), sent(2)]).toEqual([
      ["Be brief.", "One"],
      ["Be kind.", "Two"],
    ]);
    store.stop();
    await settle();
    await asked;
    expect(calls).toHaveLength(3);
    expect(store.progress()).toBeNull();
    void store.send("After", ["base:a"], ASKING);
    // It goes on from the last question that was answered by itself.
    expect(sent(3)).toEqual(["Be kind.", "After"]);
  });

  test("functions that were called stand before what the tool said", () => {
    const { calls, store } = start();
    const answer: Answer = {
      text: "",
      state: "done",
      tool_calls: [{ name: "weather", arguments: '{"city":"Oslo"}' }],
      error: null,
      tokens: 5,
      first_ms: 1,
      write_ms: 2,
      think_ms: null,
      cut: false,
    };
    const turn: Turn = {
      id: "t1",
      role: "user",
      text: "Weather?",
      before: null,
      answers: { "base:a": answer },
      order: null,
      vote: null,
    };
    store.open([turn]);
    const tools = '[{"name": "weather", "parameters": {}}]';
    void store.send('{"celsius": 3}', ["base:a"], { ...ASKING, tools }, { role: "tool" });
    const { messages, tools: sent } = calls[0]!.request;
    expect(sent).toEqual([{ type: "function", function: { name: "weather", parameters: {} } }]);
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
    expect(messages[1]!.tool_calls![0]).toMatchObject({ function: { name: "weather" } });
    expect(messages[2]!.tool_call_id).toBe(messages[1]!.tool_calls![0]!.id);
  });

  test("an answer that is given again takes the vote on it away, and stays hidden only where it was", async () => {
    const { calls, store } = start();
    void store.send("Q", ["base:a", "run:b"], ASKING, { order: ["run:b", "base:a"] });
    for (const call of calls) call.end();
    await settle();
    const turnId = store.get()[0]!.id;
    store.answerAgain(turnId, ["base:a"], ASKING);
    expect(store.get()[0]).toMatchObject({ vote: null, order: ["run:b", "base:a"] });
    store.vote(turnId, "run:b");
    expect(store.get()[0]!.vote).toBe("run:b");
    store.answerAgain(turnId, ["base:a"], ASKING);
    expect(store.get()[0]).toMatchObject({ vote: null, order: null });
  });
});
