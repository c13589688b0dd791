import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { identityRows, SHIPPED_PERSONA } from "@/server/starter/datasets/identity";
import { datasetInfo, shippedDatasets } from "@/server/starter/datasets/shipped-datasets";
import { PERSONA } from "@/server/starter/corpus/persona";

const FOLDER = path.join("server", "starter", "data");
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(FOLDER, name), "utf8"));

const alpacaSchema = z.strictObject({
  instruction: z.string().min(1),
  input: z.string(),
  output: z.string().min(1),
});
const sharegptSchema = z.strictObject({
  conversations: z.tuple([
    z.strictObject({ from: z.literal("human"), value: z.string().min(1) }),
    z.strictObject({ from: z.literal("gpt"), value: z.string().min(1) }),
  ]),
});

describe("the shipped datasets", () => {
  it.each(shippedDatasets())(
    "$name: the file is what the generator writes, well formed and small",
    ({ name, formatting, rows }) => {
      expect(read(`${name}.json`)).toEqual(rows);
      expect(statSync(path.join(FOLDER, `${name}.json`)).size).toBeLessThan(300_000);
      const schema = formatting === "alpaca" ? alpacaSchema : sharegptSchema;
      for (const row of rows) expect(schema.safeParse(row).error).toBeUndefined();
    },
  );

  it("are registered in dataset_info.json", () => {
    expect(read("dataset_info.json")).toEqual(datasetInfo(shippedDatasets()));
  });

  it("have the promised sizes and no prompt twice", () => {
    const sizes = Object.fromEntries(shippedDatasets().map(({ name, rows }) => [name, rows.length]));
    expect(sizes).toEqual({ identity: 101, general_instructions: 300, reasoning: 150, chinese: 150 });
    for (const { rows } of shippedDatasets()) {
      const prompts = rows.map((row) =>
        "instruction" in row ? `${row.instruction}\n${row.input}` : row.conversations[0]!.value,
      );
      expect(new Set(prompts).size).toBe(prompts.length);
    }
  });

  it("think before every answer in the reasoning set", () => {
    const reasoning = shippedDatasets().find(({ name }) => name === "reasoning")!;
    for (const row of reasoning.rows) {
      expect("conversations" in row && row.conversations[1]!.value).toMatch(
        /^<think>\n[^<]+\n<\/think>\n\n[^<]+$/,
      );
    }
  });

  it("rename the model, and never name the starter", () => {
    const text = JSON.stringify(identityRows(SHIPPED_PERSONA.name, SHIPPED_PERSONA.author));
    expect(text).toContain(SHIPPED_PERSONA.name);
    expect(text).toContain(SHIPPED_PERSONA.author);
    expect(text).not.toContain(PERSONA.name);
    expect(text).not.toContain("{{");
  });

  it("take any name and author", () => {
    const rows = identityRows("Zuri", "the Kite Club");
    expect(rows.find(({ instruction }) => instruction === "Who made you?")?.output).toContain(
      "the Kite Club",
    );
    expect(
      rows.every(({ output }) => output.includes("Zuri") || output.toLowerCase().includes("the kite club")),
    ).toBe(true);
  });
});
