/** Small rules of the train page: what may be a run's name, and how many checkpoints there will be. */
import { describe, expect, it } from "vitest";
import { checkpointCount } from "@/components/train/forecast-figures";
import { folderName, folderPath } from "@/components/train/model-path";
import { toRunName } from "@/components/train/run-name";
import { createRunSchema } from "@/server/contract/api";

describe("toRunName", () => {
  it.each([
    ["my first run", "my-first-run"],
    ["../../etc/passwd", "etcpasswd"],
    ["-rf", "rf"],
    ["模型 v1.2_a", "v1.2_a"],
  ])("makes of %j the name %j, which the console accepts", (typed, name) => {
    expect(toRunName(typed)).toBe(name);
    expect(createRunSchema.safeParse({ config: {}, name }).success).toBe(true);
  });
});

describe("checkpointCount", () => {
  const settings = { save_steps: "30", save_total_limit: "" };

  it("counts one every so many steps and one at the end", () => {
    expect(checkpointCount(78, settings)).toBe(3);
    expect(checkpointCount(60, settings)).toBe(2);
    expect(checkpointCount(78, { ...settings, save_steps: "100" })).toBe(1);
    expect(checkpointCount(100, { ...settings, save_steps: "0.5" })).toBe(2);
  });

  it("keeps to the limit, and knows none without steps", () => {
    expect(checkpointCount(300, { ...settings, save_total_limit: "2" })).toBe(2);
    expect(checkpointCount(null, settings)).toBe(0);
    expect(checkpointCount(300, { ...settings, save_steps: "often" })).toBe(0);
  });
});

describe("a model folder's path", () => {
  it("has a name and a place, on every system", () => {
    expect([folderName("/home/me/models/Qwen/"), folderPath("/home/me/models/Qwen")]).toEqual([
      "Qwen",
      "/home/me/models",
    ]);
    expect([folderName("C:\\models\\Qwen"), folderPath("C:\\models\\Qwen")]).toEqual(["Qwen", "C:\\models"]);
    expect([folderName("Qwen"), folderPath("Qwen")]).toEqual(["Qwen", ""]);
  });
});
