/** Kinds of rows told apart, and what each becomes: the converted row and the entry. */
import { describe, expect, it } from "vitest";
import { planDataset, shortEntry } from "@/server/contract/dataset-plan";
import { guessMapping, guessPreset, missingMeaning, type Preset } from "@/server/contract/dataset-presets";
import { datasetNameFrom } from "@/server/contract/datasets";

function becomes(rows: readonly Record<string, unknown>[], fileKind: string, system = "") {
  const { preset, mapping } = guessPreset(rows, fileKind);
  const plan = planDataset({ preset, mapping, system, fileKind, sample: rows });
  const converted = plan.convert && rows.map((row) => plan.convert!(row));
  return { preset, rows: converted, entry: shortEntry(plan.entry("x.jsonl")) };
}

const user = { role: "user", content: "Hi?" };
const good = { role: "assistant", content: "Good." };
const bad = { role: "assistant", content: "Bad." };

describe("guessPreset", () => {
  it.each<[Preset, Record<string, unknown>, string]>([
    ["alpaca", { instruction: "a", input: "", output: "b" }, ".json"],
    ["sharegpt", { conversations: [{ from: "human", value: "a" }] }, ".jsonl"],
    ["openai", { messages: [user, good] }, ".jsonl"],
    ["preference", { prompt: "a", chosen: "b", rejected: "c" }, ".json"],
    ["kto", { prompt: "a", completion: "b", label: true }, ".jsonl"],
    ["kto", { prompt: "a", completion: "b", label: "false" }, ".csv"],
    ["text", { text: "Once upon a time" }, ".txt"],
    ["text", { text: "Once", meta: 1 }, ".parquet"],
    ["qa", { Question: "a", Answer: "b" }, ".csv"],
    ["qa", { left: "a", right: "b" }, ".csv"],
    ["reasoning", { Question: "a", Complex_CoT: "b", Response: "c" }, ".json"],
    ["alpaca", { question: "a", answer: "b" }, ".jsonl"],
  ])("knows %s rows", (preset, row, kind) => {
    const guess = guessPreset([row], kind);
    expect(guess.preset).toBe(preset);
    expect(missingMeaning(guess.preset, guess.mapping)).toBeNull();
  });

  it("gives no column two meanings, and says what is missing", () => {
    const mapping = guessMapping("alpaca", ["input", "output"]);
    expect(mapping).toEqual({ prompt: "input", response: "output" });
    expect(missingMeaning("alpaca", { prompt: "input" })).toBe("response");
  });
});

describe("planDataset", () => {
  it("makes a conversation with a thought and a system prompt of a reasoning row", () => {
    const { rows, entry } = becomes(
      [{ Question: "Why?", Complex_CoT: "Because…\n\nSo.", Response: "That." }],
      ".json",
      "Be a doctor.",
    );
    expect(rows).toEqual([
      {
        row: {
          conversations: [
            { from: "human", value: "Why?" },
            { from: "gpt", value: "<think>Because…\n\nSo.</think> That." },
          ],
          system: "Be a doctor.",
        },
      },
    ]);
    expect(entry).toEqual({
      file_name: "x.jsonl",
      formatting: "sharegpt",
      columns: { messages: "conversations", system: "system" },
    });
  });

  it("gives reasoning rows a system prompt where none is written, and leaves out rows without an answer", () => {
    const [full, empty] = becomes(
      [
        { Question: "a", Complex_CoT: "b", Response: "c" },
        { Question: "a", Complex_CoT: "b", Response: " " },
      ],
      ".json",
    ).rows!;
    expect(full).toMatchObject({ row: { system: expect.stringMatching(/<think>/) } });
    expect(empty).toEqual({ skip: '"Response" is empty' });
  });

  it("leaves alpaca files as they are, names columns only where they differ", () => {
    expect(becomes([{ instruction: "a", input: "", output: "b" }], ".json")).toMatchObject({
      rows: null,
      entry: { file_name: "x.jsonl" },
    });
    expect(becomes([{ question: "a", answer: "b" }], ".parquet").entry).toEqual({
      file_name: "x.jsonl",
      columns: { prompt: "question", response: "answer" },
    });
  });

  it("turns a table of questions into instruction, input and output", () => {
    const { rows, entry } = becomes([{ Question: "a", Answer: "b" }], ".csv", "Be short.");
    expect(rows).toEqual([{ row: { instruction: "a", input: "", output: "b", system: "Be short." } }]);
    expect(entry).toEqual({
      file_name: "x.jsonl",
      columns: { prompt: "instruction", query: "input", response: "output", system: "system" },
    });
  });

  it("keeps conversations, with tags where the words are others than LLaMA-Factory's", () => {
    expect(
      becomes(
        [
          {
            conversations: [
              { from: "human", value: "a" },
              { from: "gpt", value: "b" },
            ],
          },
        ],
        ".json",
      ).entry,
    ).toEqual({
      file_name: "x.jsonl",
      formatting: "sharegpt",
    });
    expect(becomes([{ messages: [user, good] }], ".jsonl").entry).toEqual({
      file_name: "x.jsonl",
      formatting: "sharegpt",
      columns: { messages: "messages" },
      tags: {
        role_tag: "role",
        content_tag: "content",
        user_tag: "user",
        assistant_tag: "assistant",
        observation_tag: "tool",
        function_tag: "function_call",
        system_tag: "system",
      },
    });
    const call = {
      role: "assistant",
      content: "",
      tool_calls: [{ function: { name: "f", arguments: "{}" } }],
    };
    expect(becomes([{ messages: [user, call] }], ".jsonl").entry).toMatchObject({ formatting: "openai" });
  });

  it("reads pairs as texts, as messages, and as conversations that share their beginning", () => {
    expect(becomes([{ prompt: "a", chosen: "b", rejected: "c" }], ".json")).toMatchObject({
      rows: null,
      entry: { ranking: true, columns: { prompt: "prompt", chosen: "chosen", rejected: "rejected" } },
    });
    const expected = {
      row: {
        conversations: [{ from: "human", value: "Hi?" }],
        chosen: { from: "gpt", value: "Good." },
        rejected: { from: "gpt", value: "Bad." },
      },
    };
    expect(becomes([{ chosen: [user, good], rejected: [user, bad] }], ".parquet").rows).toEqual([expected]);
    expect(becomes([{ prompt: "Hi?", chosen: "Good.", rejected: "Bad." }], ".csv").rows).toEqual([expected]);
    expect(becomes([{ conversations: [user], chosen: good, rejected: bad }], ".json")).toMatchObject({
      rows: null,
      entry: { formatting: "sharegpt", ranking: true, columns: { messages: "conversations" } },
    });
  });

  it("reads marks from booleans and from words, and leaves out rows that say neither", () => {
    expect(becomes([{ prompt: "a", completion: "b", label: true }], ".jsonl")).toMatchObject({
      rows: null,
      entry: { columns: { prompt: "prompt", response: "completion", kto_tag: "label" } },
    });
    const { rows } = becomes(
      [
        { prompt: "a", completion: "b", label: "Yes" },
        { prompt: "a", completion: "b", label: "maybe" },
      ],
      ".csv",
    );
    expect(rows).toEqual([
      { row: { instruction: "a", input: "", output: "b", kto_tag: true } },
      { skip: '"label" says neither yes nor no' },
    ]);
  });

  it("takes text as the prompt to go on with", () => {
    expect(becomes([{ text: "Once" }], ".txt")).toMatchObject({
      rows: null,
      entry: { columns: { prompt: "text" } },
    });
    expect(becomes([{ content: "Once" }], ".csv")).toMatchObject({
      rows: [{ row: { text: "Once" } }],
      entry: { columns: { prompt: "text" } },
    });
  });
});

describe("datasetNameFrom", () => {
  it.each([
    ["My data (2).csv", "My_data_2"],
    ["../../etc/passwd", "etc_passwd"],
    ["数据 集.jsonl", "数据_集"],
    ["....", "dataset"],
  ])("makes a name of %s", (text, name) => {
    expect(datasetNameFrom(text)).toBe(name);
  });
});
