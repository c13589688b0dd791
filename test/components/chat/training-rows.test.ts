import { describe, expect, test } from "vitest";
import { type Answer, NEW_ANSWER, type Turn } from "@/components/chat/conversation";
import {
  CONVERSATION_ENTRY,
  exampleAt,
  examplesOf,
  openAiRow,
  PAIR_ENTRY,
  pairRow,
  pairsOf,
  rowFor,
} from "@/components/chat/training-rows";
import { datasetEntrySchema } from "@/server/contract/dataset-info";
import { turnsOf } from "@/server/contract/dataset-row";

const said = (text: string, change: Partial<Answer> = {}): Answer => ({
  ...NEW_ANSWER,
  state: "done",
  text,
  ...change,
});
const turn = (id: string, text: string, answers: Turn["answers"], change: Partial<Turn> = {}): Turn => ({
  id,
  role: "user",
  text,
  before: null,
  answers,
  order: null,
  vote: null,
  ...change,
});
const NOTHING = { system: "", tools: "" };
const TURNS = [
  turn("1", "Hi", { a: said("Hello"), b: said("Yo") }),
  turn("2", "Who?", { a: said("Ada"), b: said("", { state: "failed" }) }),
];
const entry = (value: object) => datasetEntrySchema.parse(value);

describe("an answer as a row", () => {
  const first = exampleAt(TURNS, "1", "a", NOTHING)!;
  const second = exampleAt(TURNS, "2", "a", { ...NOTHING, system: "Be kind." })!;

  test("of a dataset made here reads back as what was said", () => {
    const row = rowFor(second, CONVERSATION_ENTRY)!;
    expect(row).toMatchObject({ system: "Be kind.", tools: "" });
    expect(turnsOf(row, CONVERSATION_ENTRY)).toEqual([
      { speaker: "system", text: "Be kind." },
      { speaker: "person", text: "Hi" },
      { speaker: "model", text: "Hello" },
      { speaker: "person", text: "Who?" },
      { speaker: "model", text: "Ada" },
    ]);
  });

  test("of an Alpaca dataset needs a column for what was said before and for the system prompt", () => {
    expect(rowFor(first, entry({}))).toEqual({ instruction: "Hi", input: "", output: "Hello" });
    expect(rowFor(second, entry({}))).toBeNull();
    const columns = { prompt: "q", response: "r", system: "s", history: "h" };
    expect(rowFor(second, entry({ columns }))).toEqual({
      q: "Who?",
      r: "Ada",
      h: [["Hi", "Hello"]],
      s: "Be kind.",
    });
  });

  test("of messages has the dataset's own names", () => {
    const openai = entry({
      formatting: "sharegpt",
      columns: { messages: "messages" },
      tags: { role_tag: "role", content_tag: "content", user_tag: "user", assistant_tag: "assistant" },
    });
    expect(rowFor(first, openai)).toEqual({
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Hello" },
      ],
    });
    // Its tags name no system message, and it has no column for one.
    expect(rowFor(second, openai)).toBeNull();
  });

  test("does not go where rows are pairs, marks or text", () => {
    for (const other of [
      { ranking: true },
      { columns: { prompt: "p", response: "r", kto_tag: "k" } },
      { columns: { prompt: "text" } },
    ])
      expect(rowFor(first, entry(other))).toBeNull();
  });

  test("keeps functions that were called as LLaMA-Factory reads them", () => {
    const call = { name: "weather", arguments: '{"city":"Oslo"}' };
    const turns = [
      turn("1", "Weather?", { a: said("", { tool_calls: [call] }) }),
      turn("2", "3 degrees", { a: said("Cold.") }, { role: "tool" }),
    ];
    const side = { system: "", tools: '[{"name":"weather"}]' };
    const row = rowFor(exampleAt(turns, "2", "a", side)!, CONVERSATION_ENTRY)!;
    expect(row["tools"]).toBe('[{"name":"weather"}]');
    expect(row["conversations"]).toEqual([
      { from: "human", value: "Weather?" },
      { from: "function_call", value: '{"name":"weather","arguments":{"city":"Oslo"}}' },
      { from: "observation", value: "3 degrees" },
      { from: "gpt", value: "Cold." },
    ]);
  });
});

describe("a conversation as rows", () => {
  test("is one row for each stretch: questions asked by themselves stand alone", () => {
    const turns = [
      ...TURNS,
      turn("3", "Alone", { a: said("Yes") }, { before: [] }),
      turn("4", "More", { b: said("x") }),
    ];
    const rows = examplesOf(turns, "a", NOTHING).map(({ messages }) =>
      messages.map(({ content }) => content),
    );
    expect(rows).toEqual([
      ["Hi", "Hello", "Who?", "Ada"],
      ["Alone", "Yes"],
    ]);
    expect(examplesOf(turns, "b", NOTHING).map(({ messages }) => messages.length)).toEqual([2, 2]);
    expect(examplesOf(turns, "nobody", NOTHING)).toEqual([]);
  });

  test("in OpenAI's form has its roles", () => {
    expect(openAiRow(exampleAt(TURNS, "1", "a", NOTHING)!)).toEqual({
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Hello" },
      ],
    });
  });
});

describe("votes as pairs", () => {
  test("set the answer that won beside each other one, once, and leave ties out", () => {
    const answers = { a: said("Good"), b: said("Bad"), c: said("Bad"), d: said("Good") };
    const turns = [turn("1", "Q", answers, { vote: "a" }), turn("2", "R", answers, { vote: "tie" })];
    const pairs = pairsOf(turns, { system: "S" });
    expect(pairs).toHaveLength(1);
    const row = pairRow(pairs[0]!);
    expect(turnsOf(row, PAIR_ENTRY)).toEqual([
      { speaker: "system", text: "S" },
      { speaker: "person", text: "Q" },
      { speaker: "chosen", text: "Good" },
      { speaker: "rejected", text: "Bad" },
    ]);
  });
});
