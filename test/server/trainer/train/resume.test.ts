import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossBySteps, logLines, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

describe("resume", () => {
  it.each(["lora", "full"] as const)(
    "gives the losses of an uninterrupted %s run: mid-epoch, with accumulation and dropout",
    async (method) => {
      const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
      expect(await runTiny(tinyArguments(method, whole))).toMatchObject({ code: 0, errors: "" });
      expect((await runTiny(tinyArguments(method, parts), 3)).code).toBe(0);
      expect([...lossBySteps(parts).keys()]).toEqual([1, 2, 3]);
      expect((await runTiny(tinyArguments(method, parts))).code).toBe(0);

      const [expected, actual] = [lossBySteps(whole), lossBySteps(parts)];
      expect([...actual.keys()]).toEqual([1, 2, 3, 4, 5, 6]);
      for (const [step, loss] of expected) expect(actual.get(step), `step ${step}`).toBeCloseTo(loss, 6);
      const gradNorms = (folder: string) => logLines(folder).map((line) => line["grad_norm"]);
      expect(gradNorms(parts).slice(-3)).toEqual(gradNorms(whole).slice(-3));
    },
  );

  it("keeps what was summed up between two log lines", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const args = (folder: string) => ({ ...tinyArguments("lora", folder), logging_steps: 3, save_steps: 2 });
    await runTiny(args(whole));
    await runTiny({ ...args(parts), max_steps: 2, lr_scheduler_type: "constant" });
    await runTiny({ ...args(parts), lr_scheduler_type: "constant" });
    expect([...lossBySteps(parts).keys()]).toEqual([3, 6]);
    const constant = await temporaryFolder();
    await runTiny({ ...args(constant), lr_scheduler_type: "constant" });
    expect(lossBySteps(parts)).toEqual(lossBySteps(constant));
    expect(lossBySteps(whole).size).toBe(2);
  });

  it("goes on from a named checkpoint, and begins anew with overwrite_output_dir", async () => {
    const folder = await temporaryFolder();
    const args = tinyArguments("lora", folder);
    await runTiny(args);
    const first = lossBySteps(folder);
    const named = await runTiny({ ...args, resume_from_checkpoint: path.join(folder, "checkpoint-2") });
    expect(named.output).toContain("global step 2");
    expect(lossBySteps(folder)).toEqual(first);
    expect(logLines(folder).length).toBeGreaterThan(7);
    expect(readFileSync(path.join(folder, "training_args.yaml"), "utf8")).not.toContain(
      "resume_from_checkpoint",
    );

    const anew = await runTiny({ ...args, overwrite_output_dir: true, max_steps: 1, save_strategy: "no" });
    expect(anew.output).toContain("overwritten: trainer_log.jsonl, checkpoint-2, checkpoint-4, checkpoint-6");
    expect(logLines(folder)).toHaveLength(2);
    expect(readdirSync(folder).filter((name) => name.startsWith("checkpoint"))).toEqual([]);
  });

  it("says that all steps are done where a finished run is started again", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), max_steps: 2 };
    await runTiny(args);
    const again = await runTiny(args);
    expect(again.code).toBe(0);
    expect(again.output).toContain("All 2 steps are done already");
  });

  it("refuses to write over a finished model without checkpoints", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), max_steps: 1, save_strategy: "no" };
    await runTiny(args);
    const again = await runTiny(args);
    expect(again.code).toBe(1);
    expect(again.errors).toMatch(/already holds adapter_model\.safetensors.*overwrite_output_dir/);
  });

  it("names a checkpoint that is not there or cannot be resumed from", async () => {
    const folder = await temporaryFolder();
    const args = tinyArguments("lora", folder);
    expect((await runTiny({ ...args, resume_from_checkpoint: "nowhere" })).errors).toMatch(
      /nowhere does not exist/,
    );
    expect((await runTiny({ ...args, resume_from_checkpoint: true })).errors).toMatch(/holds no checkpoint/);
    await runTiny({ ...args, max_steps: 2, save_only_model: true });
    const saved = path.join(folder, "checkpoint-2");
    expect((await runTiny({ ...args, resume_from_checkpoint: saved })).errors).toMatch(
      /holds no optimizer state/,
    );
  });

  it("refuses a checkpoint of another rank or optimizer", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), max_steps: 2 };
    await runTiny(args);
    expect((await runTiny({ ...args, max_steps: 4, lora_rank: 8 })).errors).toMatch(
      /has the shape \[4, .*lora_rank/,
    );
    expect((await runTiny({ ...args, max_steps: 4, optim: "sgd" })).errors).toMatch(
      /state of adamw_torch, and optim is sgd/,
    );
  });

  it("clears half a checkpoint away and brings back one that was being replaced", async () => {
    const folder = await temporaryFolder();
    const args = tinyArguments("lora", folder);
    await runTiny({ ...args, max_steps: 4, lr_scheduler_type: "constant" });
    const at = (name: string) => path.join(folder, name);
    renameSync(at("checkpoint-4"), at(".checkpoint-4.replaced"));
    renameSync(at("checkpoint-2"), at(".checkpoint-6.partial"));
    rmSync(at(".checkpoint-6.partial/optimizer.safetensors"));
    const resumed = await runTiny({ ...args, lr_scheduler_type: "constant" });
    expect(resumed.output).toContain("global step 4");
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it.each([
    ["optimizer.safetensors", /checkpoint-6 is incomplete: .*optimizer\.safetensors/],
    ["adapter_model.safetensors", /checkpoint-6 is incomplete: .*adapter_model\.safetensors/],
    ["trainer_state.json", /checkpoint-6 is incomplete: .*trainer_state\.json/],
  ])("passes over a checkpoint whose %s a crash cut short, for the one before", async (name, message) => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), lr_scheduler_type: "constant" };
    await runTiny(args);
    const losses = lossBySteps(folder);
    const file = path.join(folder, "checkpoint-6", name);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const resumed = await runTiny(args);
    expect(resumed).toMatchObject({ code: 0, errors: "" });
    expect(resumed.output).toMatch(message);
    expect(resumed.output).toContain("global step 4");
    expect(lossBySteps(folder)).toEqual(losses);
    const named = path.join(folder, "checkpoint-4");
    truncateSync(path.join(named, name), 20);
    expect((await runTiny({ ...args, resume_from_checkpoint: named })).errors).toMatch(
      /checkpoint-4 is incomplete/,
    );
  });

  it("stops on request with a checkpoint, a summary line and no results", async () => {
    const folder = await temporaryFolder();
    const stopped = await runTiny({ ...tinyArguments("lora", folder), save_strategy: "no" }, 3);
    expect(stopped).toMatchObject({ code: 0, errors: "" });
    expect(stopped.output).toContain("Training stopped at step 3 of 6. Resume from checkpoint-3.");
    const last = logLines(folder).at(-1)!;
    expect(last).toMatchObject({ current_steps: 3, total_steps: 6 });
    expect(last).not.toHaveProperty("loss");
    expect(existsSync(path.join(folder, "checkpoint-3", "optimizer.safetensors"))).toBe(true);
    expect(existsSync(path.join(folder, "all_results.json"))).toBe(false);
    expect(existsSync(path.join(folder, "adapter_model.safetensors"))).toBe(false);
  });
});
