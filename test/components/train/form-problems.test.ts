/** What is wrong with a form, and where it is shown. */
import type { DatasetSummary } from "@/server/contract/api";
import { describe, expect, it } from "vitest";
import { BOARD_DEFAULTS, type TrainForm } from "@/components/train/form-defaults";
import {
  datasetFindings,
  fixForAll,
  mergeProblems,
  problemAt,
  type ShownProblem,
} from "@/components/train/form-problems";

const filled: TrainForm = { ...BOARD_DEFAULTS, model_name_or_path: "models/starter", dataset: ["identity"] };

const shown = (changes: Partial<ShownProblem>): ShownProblem => ({
  argument: "bf16",
  field: "compute_type",
  severity: "error",
  message: "No bf16 here.",
  ...changes,
});

describe("mergeProblems", () => {
  it("lets the form speak first, puts errors before warnings, and finds the field of each argument", () => {
    const merged = mergeProblems(
      [shown({ argument: "seed", field: "seed", message: "This must be a number." })],
      [
        { argument: "fp16", severity: "warning", message: "Computed in float32." },
        { argument: "seed", severity: "error", message: "seed: invalid" },
        { argument: "label_names", severity: "error", message: "Not here." },
      ],
    );
    expect(merged.map((problem) => [problem.field, problem.message])).toEqual([
      ["seed", "This must be a number."],
      ["extra", "Not here."],
      ["compute_type", "Computed in float32."],
    ]);
    expect(problemAt(merged, "compute_type")?.severity).toBe("warning");
    expect(problemAt(merged, "lora_rank")).toBeNull();
  });
});

describe("datasetFindings", () => {
  const dataset = (ranking: boolean): DatasetSummary => ({
    name: "identity",
    formatting: "alpaca",
    ranking,
    rows: 10,
    bytes: 10,
    source: "file",
    problem: null,
  });

  it("tells rows with pairs from rows without, by what the stage learns from", () => {
    expect(datasetFindings(filled, [dataset(false)])).toEqual([]);
    expect(datasetFindings(filled, [dataset(true)])[0]?.finding).toEqual({
      key: "hasPairs",
      name: "identity",
    });
    expect(datasetFindings({ ...filled, stage: "dpo" }, [dataset(true)])).toEqual([]);
    expect(datasetFindings({ ...filled, stage: "dpo" }, [dataset(false)])[0]?.finding.key).toBe("needsPairs");
    expect(datasetFindings({ ...filled, dataset: ["elsewhere"] }, [dataset(true)])).toEqual([]);
  });
});

describe("fixForAll", () => {
  const fp32 = { label: "Use fp32", set: { bf16: null } };

  it("offers one change where every error has a fix", () => {
    expect(fixForAll([shown({ fix: fp32 }), shown({ severity: "warning" })])).toEqual(fp32);
  });

  it("offers none where something is left for a person, or nothing is wrong", () => {
    expect(fixForAll([shown({ fix: fp32 }), shown({ argument: "dataset" })])).toBeNull();
    expect(fixForAll([shown({ severity: "warning", fix: fp32 })])).toBeNull();
  });
});
