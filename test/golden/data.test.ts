/** The demo data sets become the rows of ids that LLaMA-Factory's converters and processors give. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { trainConfigSchema, type TrainConfig } from "@/server/contract/train-config";
import type { EncodedExample } from "@/server/trainer/data/encoded-example";
import {
  loadExamples,
  loadFeedback,
  loadPreferencePairs,
  loadPrompts,
} from "@/server/trainer/data/load-examples";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { getTemplate } from "@/server/trainer/tokenizer/templates/get-template";
import { labelsOf, type LabelRuns } from "./golden-labels";
import { filesIn, goldenRoot, unsupported } from "./golden-root";

interface GoldenRow extends LabelRuns {
  input_ids: number[];
  attention_mask_runs?: [number, number][];
  position_segments?: number[];
  /** pt rows have no labels of their own. */
  [key: string]: unknown;
}

interface GoldenData {
  dataset: string;
  stage: string;
  mask_history: boolean;
  template: string;
  tokenizer: string;
  cutoff_len: number;
  packing: boolean;
  neat_packing: boolean;
  max_samples: number;
  fixed_date: string;
  num_rows: number;
  rows: GoldenRow[];
}

const rowsFolder = path.resolve(goldenRoot, "..", "data");
const haveRows = existsSync(path.join(rowsFolder, "dataset_info.json"));

/** Arrays of a row as the golden file writes them, by name. */
function expectRow(actual: EncodedExample, golden: GoldenRow, prefix = ""): void {
  const ids = golden[`${prefix}input_ids`] as number[];
  expect([...actual.inputIds]).toEqual(ids);
  const runs: LabelRuns = {
    trained: golden[`${prefix}trained`] as [number, number][] | undefined,
    label_runs: golden[`${prefix}label_runs`] as number[][] | undefined,
    labels: golden[`${prefix}labels`] as number[] | undefined,
  };
  expect([...actual.labels]).toEqual(labelsOf(ids, runs));
  const mask = golden.attention_mask_runs?.flatMap(([value, count]) => new Array<number>(count).fill(value));
  expect(actual.attentionMask ? [...actual.attentionMask] : ids.map(() => 1)).toEqual(
    mask ?? ids.map(() => 1),
  );
  if (golden.position_segments) {
    const positions = golden.position_segments.flatMap((length) => Array.from({ length }, (_, i) => i));
    const padding = new Array<number>(ids.length - positions.length).fill(0);
    expect([...actual.positionIds!]).toEqual([...positions, ...padding]);
  }
}

function configFor(golden: GoldenData): TrainConfig {
  const stage = golden.stage === "sft_mask" ? "sft" : golden.stage;
  return trainConfigSchema.parse({
    model_name_or_path: "none",
    dataset: golden.dataset.replaceAll("+", ","),
    dataset_dir: rowsFolder,
    stage,
    template: golden.template,
    cutoff_len: golden.cutoff_len,
    max_samples: golden.max_samples,
    mask_history: golden.mask_history,
    packing: golden.packing,
    neat_packing: golden.neat_packing,
  });
}

describe("data sets match LLaMA-Factory", () => {
  const files = filesIn("data", ".json");
  if (files.length === 0) unsupported("data", "this golden folder holds none");
  for (const file of files) {
    if (!haveRows) {
      unsupported(file, "needs the demo rows beside the golden folder");
      continue;
    }
    it(file, async () => {
      const golden = JSON.parse(readFileSync(path.join(goldenRoot, "data", file), "utf8")) as GoldenData;
      const config = configFor(golden);
      const tokenizer = await loadTokenizer(path.join(goldenRoot, golden.tokenizer));
      const template = getTemplate(golden.template, tokenizer, {
        today: new Date(`${golden.fixed_date} 12:00`),
      });
      const options = { template, baseDir: rowsFolder };

      if (golden.stage === "rm") {
        const { train } = await loadPreferencePairs(config, options);
        expect(train).toHaveLength(golden.num_rows);
        for (const [i, row] of golden.rows.entries()) {
          expectRow(train[i]!.chosen, row, "chosen_");
          expectRow(train[i]!.rejected, row, "rejected_");
        }
      } else if (golden.stage === "kto") {
        const { train } = await loadFeedback(config, options);
        expect(train).toHaveLength(golden.num_rows);
        for (const [i, row] of golden.rows.entries()) {
          expectRow(train[i]!.target, row);
          expectRow(train[i]!.mismatched, row, "kl_");
          expect(train[i]!.desirable).toBe(row["kto_tags"]);
        }
      } else if (golden.stage === "ppo") {
        const { train } = await loadPrompts(config, options);
        expect(train).toHaveLength(golden.num_rows);
        for (const [i, row] of golden.rows.entries()) {
          expect([...train[i]!.promptIds]).toEqual(row.input_ids);
          expect([...train[i]!.answerIds]).toEqual(row.labels);
        }
      } else {
        const { train } = await loadExamples(config, options);
        expect(train).toHaveLength(golden.num_rows);
        for (const [i, row] of golden.rows.entries()) {
          expectRow(train[i]!, golden.stage === "pt" ? { ...row, labels: row.input_ids } : row);
        }
      }
    });
  }
});
