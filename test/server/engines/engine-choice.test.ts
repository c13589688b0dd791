import { describe, expect, it } from "vitest";
import type { EngineStatus } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";
import { chooseEngine, type ChoiceFacts } from "@/server/engines/engine-choice";
import { unknownStatus } from "@/server/engines/engine-status";

const there: EngineStatus = {
  ...unknownStatus("llamafactory"),
  available: true,
  version: "0.9.5",
  program: "/v/bin/llamafactory-cli",
};
const galore: Problem = {
  argument: "use_galore",
  severity: "error",
  message: "use_galore: true is not supported here. Use the llamafactory engine for it.",
};
const noData: Problem = { argument: "dataset", severity: "error", message: "Choose a dataset to train on." };
const choose = (facts: Partial<ChoiceFacts>) =>
  chooseEngine({
    wish: "auto",
    embeddedProblems: [],
    llamafactoryProblems: [],
    neededMemory: 1e9,
    availableMemory: 4e9,
    llamafactory: there,
    ...facts,
  });

describe("the choice of an engine", () => {
  it("is embedded where it does all that is asked and the model fits", () => {
    const { engine, ground, reason } = choose({});
    expect(ground).toBe("suits");
    expect(engine).toBe("embedded");
    expect(reason).toMatch(/does all .* fits into memory/);
    expect(choose({ neededMemory: null }).engine).toBe("embedded");
    expect(choose({ embeddedProblems: [{ ...galore, severity: "warning" }] }).engine).toBe("embedded");
  });

  it("is LLaMA-Factory where the embedded one lacks something, and the reason names it in one sentence", () => {
    const { engine, ground, reason } = choose({ embeddedProblems: [galore] });
    expect(ground).toBe("limit");
    expect(engine).toBe("llamafactory");
    expect(reason).toBe(
      "LLaMA-Factory 0.9.5, because the embedded engine does not take this configuration (use_galore: true is not supported here).",
    );
  });

  it("is LLaMA-Factory where the model does not fit", () => {
    const { engine, reason } = choose({ neededMemory: 14e9 });
    expect(engine).toBe("llamafactory");
    expect(reason).toMatch(/would need about 14\.0 GB of memory, and 4\.0 GB are free/);
  });

  it("stays embedded where the other is missing, not looked at yet, or refuses too, and says so", () => {
    const lacking = { embeddedProblems: [galore] };
    expect(choose({ ...lacking, llamafactory: { ...there, available: false } })).toMatchObject({
      engine: "embedded",
      reason: expect.stringMatching(/not ready here/) as string,
    });
    expect(choose({ ...lacking, llamafactory: null }).reason).toMatch(/not known yet/);
    expect(
      choose({ ...lacking, llamafactoryProblems: [{ ...galore, message: "Also here." }] }).reason,
    ).toMatch(/LLaMA-Factory does not take it either\.$/);
  });

  it("does not take a mistake for a limit", () => {
    const mistake = { embeddedProblems: [noData], llamafactoryProblems: [noData] };
    expect(choose(mistake)).toMatchObject({ engine: "embedded" });
    expect(choose(mistake).reason).not.toMatch(/although/);
  });

  it("is whatever a person chose", () => {
    expect(choose({ wish: "llamafactory", llamafactory: null })).toEqual({
      engine: "llamafactory",
      ground: "chosen",
      reason: "Chosen by hand.",
    });
    expect(choose({ wish: "embedded", embeddedProblems: [galore] }).engine).toBe("embedded");
  });
});
