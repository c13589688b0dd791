import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  createConversationKeeper,
  type KeptContent,
  newConversationId,
} from "@/components/chat/conversation-keeper";
import { DEFAULT_SETTINGS } from "@/components/chat/chat-settings";
import type { ConversationHead, KeepConversation } from "@/server/contract/conversations";

const content = (name: string): KeptContent => ({
  panes: ["a"],
  names: { a: name },
  asking: DEFAULT_SETTINGS.asking,
  turns: [],
});
class Conflict extends Error {}

/** A console that counts revisions; `lag` milliseconds pass before it answers. */
function start(lag = 0) {
  const files = new Map<string, { revision: number; name: string }>();
  const puts: { id: string; body: KeepConversation }[] = [];
  const kept: { head: ConversationHead; isCopy: boolean }[] = [];
  const problems: (string | null)[] = [];
  let failure: Error | null = null;
  let ids = 0;
  const keeper = createConversationKeeper({
    async put(id, body) {
      await new Promise((resolve) => setTimeout(resolve, lag));
      if (failure) throw failure;
      puts.push({ id, body });
      const file = files.get(id);
      if (file && file.revision !== body.revision) throw new Conflict("changed");
      files.set(id, { revision: body.revision + 1, name: body.names["a"]! });
      return { id, title: "T", revision: body.revision + 1, changed_at: "" };
    },
    newId: () => `new-${(ids += 1)}`,
    isConflict: (error) => error instanceof Conflict,
  });
  keeper.tell({
    onKept: (head, isCopy) => kept.push({ head, isCopy }),
    onProblem: (problem) => problems.push(problem),
  });
  return { keeper, files, puts, kept, problems, fail: (error: Error | null) => (failure = error) };
}
const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

describe("keeping the conversation on screen", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test("gives a new one an id, sends the last of many changes, and nothing that is kept already", async () => {
    const { keeper, puts, kept } = start();
    for (const name of ["1", "2", "3"]) keeper.keep(content(name));
    await pass();
    keeper.keep(content("3"));
    await pass();
    expect(puts.map(({ id, body }) => [id, body.names["a"], body.revision])).toEqual([["new-1", "3", 0]]);
    expect(kept[0]!.head.id).toBe("new-1");
    expect(keeper.id()).toBe("new-1");
  });

  test("sends one request at a time, each on what the last one left", async () => {
    const { keeper, files } = start(2000);
    keeper.keep(content("1"));
    await pass(500);
    keeper.keep(content("2"));
    await pass(10_000);
    expect(files).toEqual(new Map([["new-1", { revision: 2, name: "2" }]]));
  });

  test("goes on as a copy where another page has changed the same one", async () => {
    const { keeper, files, kept } = start();
    files.set("old", { revision: 7, name: "theirs" });
    keeper.open({ id: "old", revision: 5 }, content("before"));
    keeper.keep(content("mine"));
    await pass();
    expect(files.get("old")!.name).toBe("theirs");
    expect(files.get("new-1")!.name).toBe("mine");
    expect(kept).toMatchObject([{ head: { id: "new-1" }, isCopy: true }]);
  });

  test("what waits belongs to the conversation in which it was said, also after another was opened", async () => {
    const { keeper, files, kept } = start();
    keeper.keep(content("first"));
    keeper.open({ id: "other", revision: 3 }, content("other"));
    await pass();
    expect(files.get("new-1")!.name).toBe("first");
    expect(files.has("other")).toBe(false);
    expect(kept).toEqual([]);
    expect(keeper.id()).toBe("other");
  });

  test("says why it could not, and tries again with the next change", async () => {
    const { keeper, problems, files, fail } = start();
    fail(new Error("The disk is full."));
    keeper.keep(content("1"));
    await pass();
    expect(problems).toEqual(["The disk is full."]);
    fail(null);
    keeper.keep(content("1"));
    await pass();
    expect(problems.at(-1)).toBeNull();
    expect(files.size).toBe(1);
  });

  test("ids sort by day", () => {
    expect(newConversationId(new Date("2026-11-24T10:00:00Z"))).toMatch(/^2026-11-24-[0-9a-f]{8}$/);
  });
});
