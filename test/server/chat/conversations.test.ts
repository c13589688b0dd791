/** Conversations kept as files: named, searched, guarded against a second page that changes the same one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Conversations } from "@/server/chat/conversations";
import { keepConversationSchema, titleFrom } from "@/server/contract/conversations";
import { samplingSchema } from "@/server/contract/chat";

let home: string;
let conversations: Conversations;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-chats-"));
  conversations = new Conversations(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function said(question: string, answer: string, change: object = {}) {
  return keepConversationSchema.parse({
    revision: 0,
    panes: ["base:tiny"],
    names: { "base:tiny": "tiny" },
    asking: { system: "", sampling: samplingSchema.parse({}) },
    turns: [
      {
        id: "1",
        text: question,
        answers: {
          "base:tiny": {
            text: answer,
            state: "done",
            error: null,
            tokens: 3,
            first_ms: 1,
            write_ms: 2,
            think_ms: null,
            cut: false,
          },
        },
      },
    ],
    ...change,
  });
}
const A = "2026-11-24-aaaaaaaa";
const B = "2026-11-24-bbbbbbbb";

describe("a conversation", () => {
  it("outlives the console as a readable file, under the name of its first question", async () => {
    const head = await conversations.keep(A, said("Who are\nyou?", "I am Ada."));
    expect(head).toMatchObject({ id: A, title: "Who are you?", revision: 1 });
    const again = await new Conversations(home).read(A);
    expect(again.turns[0]!.answers["base:tiny"]!.text).toBe("I am Ada.");
    expect(readFileSync(path.join(home, "chats", `${A}.json`), "utf8")).toContain('"text": "I am Ada."');
  });

  it("keeps its name while the page that has it open goes on", async () => {
    await conversations.keep(A, said("One", "1"));
    await conversations.rename(A, "Numbers");
    const head = await conversations.keep(A, said("One", "1", { revision: 1, title: "other" }));
    expect(head).toMatchObject({ title: "Numbers", revision: 2 });
  });

  it("is not written over by a page that has an older one", async () => {
    await conversations.keep(A, said("One", "1"));
    const [first, second] = await Promise.allSettled([
      conversations.keep(A, said("One", "1", { revision: 1 })),
      conversations.keep(A, said("Two", "2", { revision: 1 })),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(second).toMatchObject({ status: "rejected", reason: { code: "busy" } });
    expect((await conversations.read(A)).turns[0]!.text).toBe("One");
  });

  it("comes back whole when it is kept again after it was deleted", async () => {
    await conversations.keep(A, said("One", "1"));
    const { id: _, changed_at: __, ...content } = await conversations.read(A);
    await conversations.remove(A);
    await expect(conversations.read(A)).rejects.toThrow(/There are no conversations called/);
    await conversations.keep(A, { ...content, title: "Kept name" });
    expect((await conversations.read(A)).title).toBe("Kept name");
  });

  it("is refused under an id that is a path", async () => {
    await expect(conversations.read("../../settings")).rejects.toThrow(/small letters/);
    await expect(conversations.keep("..%2f..%2fsettings", said("a", "b"))).rejects.toThrow(/small letters/);
  });
});

describe("the list", () => {
  it("has the newest first and passes over what is no conversation", async () => {
    expect(await conversations.list()).toEqual([]);
    await conversations.keep(A, said("One", "1"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await conversations.keep(B, said("Two", "2"));
    writeFileSync(path.join(home, "chats", "2026-11-24-cccccccc.json"), "{}");
    const list = await conversations.list();
    expect(list.map(({ title, turns, panes }) => [title, turns, panes])).toEqual([
      ["Two", 1, ["tiny"]],
      ["One", 1, ["tiny"]],
    ]);
  });

  it("finds words in names and in what was said, in any case, and shows where", async () => {
    await conversations.keep(A, said("Who made you?", `${"x ".repeat(60)}Northwind made me.`));
    await conversations.keep(B, said("What is Rust?", "A language."));
    const found = async (words: string) =>
      (await conversations.list(words)).map(({ id, found }) => [id, found]);
    expect(await found("who made")).toEqual([[A, null]]);
    const [[id, around]] = (await found("NORTHWIND you")) as [[string, string]];
    expect(id).toBe(A);
    expect(around).toMatch(/^….*x Northwind made me\.$/);
    expect(await found("Northwind Rust")).toEqual([]);
  });

  it("sees what has changed since it last looked", async () => {
    await conversations.keep(A, said("One", "first"));
    expect(await conversations.list("second")).toEqual([]);
    await conversations.keep(A, said("One", "the second", { revision: 1 }));
    expect(await conversations.list("second")).toHaveLength(1);
    await conversations.remove(A);
    expect(await conversations.list("second")).toEqual([]);
  });
});

describe("a name made of a question", () => {
  it("is one line of at most sixty letters, and never empty", () => {
    expect(titleFrom(" a\n b ")).toBe("a b");
    expect(Array.from(titleFrom("语".repeat(100)))).toHaveLength(60);
    expect(titleFrom(" ")).toBe("…");
  });
});
