// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/components/api/client";
import type { complete, Completion } from "@/components/chat/complete";
import { createConversationStore } from "@/components/chat/conversation-store";
import { DEFAULT_SETTINGS, keepChat, readChat } from "@/components/chat/kept-chats";
import type { ChatRequest } from "@/server/contract/chat";

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
        end: (completion) => resolve({ finishReason: "stop", tokens: null, ...completion }),
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
    store.send("Who are you?", ["base:a", "run:b"], DEFAULT_SETTINGS);
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
      firstMs: 500,
      writeMs: 100,
    });
    expect(answers["run:b"]).toMatchObject({ state: "failed", error: "No memory." });
  });

  test("what each was told before is its own side of the conversation", async () => {
    const { calls, store } = start();
    store.send("One", ["base:a", "run:b"], { ...DEFAULT_SETTINGS, system: "Be brief." });
    calls[0]!.say("A1");
    calls[0]!.end();
    calls[1]!.fail(new Error("gone"));
    await settle();
    store.send("Two", ["base:a", "run:b"], DEFAULT_SETTINGS);
    const said = (index: number) => calls[index]!.request.messages.map((message) => message.content);
    expect(said(0)).toEqual(["Be brief.", "One"]);
    expect(said(2)).toEqual(["One", "A1", "Two"]);
    expect(said(3)).toEqual(["Two"]);
  });

  test("stopping one keeps what it said and lets the other go on", async () => {
    const { calls, store } = start();
    store.send("Go", ["base:a", "run:b"], DEFAULT_SETTINGS);
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

  test("editing the last question forgets its answers and asks again", async () => {
    const { calls, store } = start();
    store.send("Teh question", ["base:a"], DEFAULT_SETTINGS);
    calls[0]!.say("Late");
    store.editLast("The question", ["base:a"], DEFAULT_SETTINGS);
    await settle();
    calls[1]!.say("Fresh");
    calls[1]!.end();
    await settle();
    expect(store.get()).toHaveLength(1);
    expect(store.get()[0]).toMatchObject({
      user: "The question",
      answers: { "base:a": { text: "Fresh", state: "done" } },
    });
  });

  test("a pane that joins later answers every question in order", async () => {
    const { calls, store } = start();
    for (const question of ["One", "Two"]) {
      store.send(question, ["base:a"], DEFAULT_SETTINGS);
      calls.at(-1)!.say("ok");
      calls.at(-1)!.end();
      await settle();
    }
    void store.catchUp("run:b", DEFAULT_SETTINGS);
    for (const expected of ["One", "Two"]) {
      await settle();
      expect(calls.at(-1)!.request.messages.at(-1)!.content).toBe(expected);
      calls.at(-1)!.say("yes");
      calls.at(-1)!.end();
    }
    await settle();
    expect(store.get().map((turn) => turn.answers["run:b"]?.text)).toEqual(["yes", "yes"]);
  });
});

describe("kept conversations", () => {
  beforeEach(() => localStorage.clear());
  const turn = { id: "1", user: "Hi", answers: {} };

  test("come back for the same targets in whatever order, and are forgotten when empty", () => {
    keepChat(localStorage, ["base:a", "run:b"], [turn]);
    expect(readChat(localStorage, ["run:b", "base:a"])).toEqual([turn]);
    expect(readChat(localStorage, ["base:a"])).toEqual([]);
    keepChat(localStorage, ["base:a", "run:b"], []);
    expect(readChat(localStorage, ["base:a", "run:b"])).toEqual([]);
  });

  test("only the newest are kept", () => {
    for (let index = 0; index < 25; index += 1) keepChat(localStorage, [`run:${index}`], [turn], index);
    expect(readChat(localStorage, ["run:4"])).toEqual([]);
    expect(readChat(localStorage, ["run:5"])).toEqual([turn]);
  });

  test("what cannot be read counts as nothing", () => {
    localStorage.setItem("tuneboard.chats", "{half");
    expect(readChat(localStorage, ["base:a"])).toEqual([]);
  });
});
