/** What the schema and the rules have against a form. */
import { beforeAll, describe, expect, it } from "vitest";
import { BOARD_DEFAULTS, type TrainForm } from "@/components/train/form-defaults";
import { schemaFindings } from "@/components/train/form-rules";
import { loadYaml } from "@/components/train/yaml-text";

beforeAll(loadYaml);

const filled: TrainForm = { ...BOARD_DEFAULTS, model_name_or_path: "models/starter", dataset: ["identity"] };

describe("schemaFindings", () => {
  it("has nothing against LLaMA Board's defaults with a model and a dataset", () => {
    expect(schemaFindings(filled)).toEqual([]);
  });

  it("asks for a model and a dataset", () => {
    expect(schemaFindings(BOARD_DEFAULTS).map(({ field, finding }) => [field, finding.key])).toEqual([
      ["dataset", "chooseData"],
      ["model_name_or_path", "chooseModel"],
    ]);
  });

  it.each([
    ["learning_rate", "fast", { key: "number" }],
    ["lora_rank", "0", { key: "atLeast", limit: "1" }],
    ["lora_rank", "1.5", { key: "whole" }],
    ["lora_dropout", "2", { key: "atMost", limit: "1" }],
    ["num_train_epochs", "0", { key: "above", limit: "0" }],
  ] as const)("shows %s = %s at its field", (field, value, finding) => {
    expect(schemaFindings({ ...filled, [field]: value })).toEqual([{ field, argument: field, finding }]);
  });

  it("names the argument that a misspelt extra one may have meant", () => {
    expect(schemaFindings({ ...filled, extra: "learnig_rate: 1" })).toEqual([
      {
        field: "extra",
        argument: "learnig_rate",
        finding: { key: "unknownNear", name: "learnig_rate", nearest: "learning_rate", value: 1 },
      },
    ]);
  });

  it("says that extra arguments are no YAML", () => {
    expect(schemaFindings({ ...filled, extra: "{" })[0]?.finding.key).toBe("syntax");
    expect(schemaFindings({ ...filled, extra: "just words" })[0]?.finding.key).toBe("notMapping");
  });
});
