/**
 * What LLaMA Board 0.9.5 itself made of 40 forms (its own Runner was asked, `fixtures/llamafactory/board-arguments.json`),
 * against what the llamafactory engine makes of the same settings.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { argumentYaml } from "@/server/engines/argument-yaml";
import { zeroConfigPath } from "@/server/contract/zero-config";
import { boardCommand, boardEnvironment, withBoardArguments } from "@/server/engines/board-arguments";
import { generatedZeroConfig } from "@/server/engines/deepspeed-config";

interface BoardCase {
  name: string;
  args: Record<string, unknown>;
  yaml_sha256: string;
  command_sha256: string;
}

const recorded = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../fixtures/llamafactory/board-arguments.json"), "utf8"),
) as {
  train: BoardCase[];
  evaluate: BoardCase[];
  deepspeed: Record<string, string>;
  shown: { case: string; yaml: string; command: string };
};

/** What LLaMA Board adds by itself: no control of its form stands for it. Trust in a model's code is a control here. */
const ADDED = [
  "preprocessing_num_workers",
  "plot_loss",
  "ddp_timeout",
  "include_num_input_tokens_seen",
  "quantization_method",
  "double_quantization",
  "reward_model_type",
  "top_k",
];
const formOf = (args: Record<string, unknown>, alsoAdded: string[] = []) =>
  Object.fromEntries(Object.entries(args).filter(([name]) => ![...ADDED, ...alsoAdded].includes(name)));
const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

describe("a training form", () => {
  it.each(recorded.train)("$name: the same arguments, file and command as LLaMA Board", (board) => {
    const added = withBoardArguments(formOf(board.args));
    expect(added).toEqual(board.args);
    expect(digest(argumentYaml(added))).toBe(board.yaml_sha256);
    expect(digest(boardCommand(added, {}, "linux"))).toBe(board.command_sha256);
  });

  it("is shown as LLaMA Board shows it", () => {
    const { args } = recorded.train.find(({ name }) => name === recorded.shown.case)!;
    expect(argumentYaml(args)).toBe(recorded.shown.yaml);
    expect(boardCommand(args, {}, "linux")).toBe(recorded.shown.command);
  });

  it("runs under torchrun with DeepSpeed, and its variables stand before the command", () => {
    const { args } = recorded.train.find(({ name }) => name === "zero 3")!;
    expect(boardEnvironment(args)).toEqual({ FORCE_TORCHRUN: "1" });
    expect(boardEnvironment({ stage: "sft" })).toEqual({});
    expect(boardCommand(args, { FORCE_TORCHRUN: "1", NNODES: "2" }, "linux")).toMatch(
      /^FORCE_TORCHRUN=1 NNODES=2 llamafactory-cli train \\\n/,
    );
    expect(boardCommand(args, { NNODES: "2" }, "win32")).toMatch(
      /^\$env:NNODES="2"; llamafactory-cli train `\n/,
    );
  });

  it("keeps what the configuration says and does not change what it means", () => {
    expect(withBoardArguments({ do_train: true, report_to: "wandb", flash_attn: "fa2" })).toMatchObject({
      report_to: "wandb",
      flash_attn: "fa2",
    });
    // Without a word LLaMA-Factory packs in pre-training, and schedules linearly: neither may be said for it.
    expect(withBoardArguments({ do_train: true, stage: "pt" })).not.toHaveProperty("packing");
    expect(withBoardArguments({ do_train: true })).not.toHaveProperty("lr_scheduler_type");
  });

  it("runs no code out of a model's folder unless that is asked for", () => {
    for (const form of [{ do_train: true }, { do_predict: true }, { trust_remote_code: false }])
      expect(argumentYaml(withBoardArguments(form))).not.toContain("trust_remote_code");
    expect(argumentYaml(withBoardArguments({ trust_remote_code: true }))).toContain(
      "trust_remote_code: true",
    );
  });
});

describe("an evaluation form", () => {
  it.each(recorded.evaluate)("$name: the same arguments, file and command as LLaMA Board", (board) => {
    const added = withBoardArguments(
      formOf(board.args, ["predict_with_generate", "flash_attn", "dataset_dir"]),
    );
    expect(added).toEqual(board.args);
    expect(digest(argumentYaml(added))).toBe(board.yaml_sha256);
    expect(digest(boardCommand(added, {}, "linux"))).toBe(board.command_sha256);
  });

  it("that asks for an accuracy is not told to generate: LLaMA-Factory refuses both at once", () => {
    const measured = { do_train: false, do_eval: true, compute_accuracy: true };
    expect(withBoardArguments(measured)).not.toHaveProperty("predict_with_generate");
  });
});

describe("DeepSpeed configurations", () => {
  it.each([
    [2, false, "ds_z2_config.json"],
    [2, true, "ds_z2_offload_config.json"],
    [3, false, "ds_z3_config.json"],
    [3, true, "ds_z3_offload_config.json"],
  ] as const)("ZeRO-%i, offload %s: LLaMA Board's file, byte for byte", (stage, offload, name) => {
    const generated = generatedZeroConfig(zeroConfigPath({ stage, offload }));
    expect(generated).toEqual({ file: `llamaboard_cache/${name}`, text: recorded.deepspeed[name] });
  });

  it("are made for LLaMA Board's own names only", () => {
    expect(generatedZeroConfig("my/ds.json")).toBeNull();
    expect(generatedZeroConfig("../llamaboard_cache/ds_z3_config.json")).toBeNull();
    expect(generatedZeroConfig({ zero_optimization: {} })).toBeNull();
    expect(generatedZeroConfig("llamaboard_cache\\ds_z3_config.json")?.file).toBe(
      "llamaboard_cache/ds_z3_config.json",
    );
  });
});
