/** Rows of LLaMA-Factory's dataset formats as conversations. */
import { describe, expect, it } from "vitest";
import { turnsOf } from "@/server/contract/dataset-row";

describe("turnsOf", () => {
  it("reads alpaca rows with input, system and history", () => {
    const row = {
      instruction: "Add.",
      input: "1 + 1",
      output: "2",
      system: "Be short.",
      history: [["Hi", "Hello"]],
    };
    expect(turnsOf(row)).toEqual([
      { speaker: "system", text: "Be short." },
      { speaker: "person", text: "Hi" },
      { speaker: "model", text: "Hello" },
      { speaker: "person", text: "Add.\n1 + 1" },
      { speaker: "model", text: "2" },
    ]);
  });

  it("reads sharegpt and openai rows", () => {
    expect(
      turnsOf({
        conversations: [
          { from: "human", value: "a" },
          { from: "gpt", value: "b" },
        ],
      }),
    ).toEqual([
      { speaker: "person", text: "a" },
      { speaker: "model", text: "b" },
    ]);
    expect(
      turnsOf({
        messages: [
          { role: "system", content: "s" },
          { role: "assistant", content: "b" },
        ],
      }),
    ).toEqual([
      { speaker: "system", text: "s" },
      { speaker: "model", text: "b" },
    ]);
  });

  it("shows both answers of a preference row", () => {
    expect(
      turnsOf({
        conversations: [{ from: "human", value: "q" }],
        chosen: { from: "gpt", value: "good" },
        rejected: "bad",
      }),
    ).toEqual([
      { speaker: "person", text: "q" },
      { speaker: "chosen", text: "good" },
      { speaker: "rejected", text: "bad" },
    ]);
  });

  it("reads plain text, and leaves rows of other shapes to be shown as they stand", () => {
    expect(turnsOf({ text: "Once upon a time" })).toEqual([{ speaker: "text", text: "Once upon a time" }]);
    expect(turnsOf({ prompt_ids: [1, 2] })).toBeNull();
    expect(turnsOf("text")).toBeNull();
  });
});
