import { describe, expect, it } from "vitest";
import { sayBy } from "@/components/i18n/phrasebook";
import zh from "@/components/i18n/zh/phrases";

const say = sayBy({
  "The disk is full.": "磁盘已满。",
  "{name} is missing.": "缺少 {name}。",
  "data/{name} is missing.": "数据文件夹中缺少 {name}。",
  "It failed ({why}).": "失败（{why}）。",
  "exit code {code}": "退出码 {code}",
});

describe("a phrasebook", () => {
  it("knows a sentence by its text", () => {
    expect(say("The disk is full.")).toBe("磁盘已满。");
  });

  it("puts in what was put into the English sentence", () => {
    expect(say("a.json is missing.")).toBe("缺少 a.json。");
  });

  it("takes the phrase that says most", () => {
    expect(say("data/a.json is missing.")).toBe("数据文件夹中缺少 a.json。");
  });

  it("says what was put in, where that is a phrase", () => {
    expect(say("It failed (exit code 3).")).toBe("失败（退出码 3）。");
    expect(say("It failed (The disk is full).")).toBe("失败（磁盘已满）。");
  });

  it("says sentences that follow one another", () => {
    expect(say("a.json is missing. The disk is full.")).toBe("缺少 a.json。磁盘已满。");
  });

  it("says what is wrong with something whose name stands before it", () => {
    expect(say("models/x: The disk is full.")).toBe("models/x: 磁盘已满。");
  });

  it("leaves as it is what it does not know, also beside what it knows", () => {
    expect(say("CUDA error: device-side assert triggered")).toBe("CUDA error: device-side assert triggered");
    expect(say("The disk is full. Nobody knows why.")).toBe("The disk is full. Nobody knows why.");
    expect(say("")).toBe("");
  });

  it("leaves a long line of a log as it is, also one that holds what phrases do", () => {
    const line = `Traceback: ${"it has no column x; ".repeat(2_000)}`;
    expect(sayBy(zh)(line)).toBe(line);
  });

  it("says why an engine was chosen, with the reason in it", () => {
    const reason =
      "LLaMA-Factory 0.9.5, because the embedded engine does not take this configuration (optim: lion is not supported here; it can be sgd, adafactor).";
    expect(sayBy(zh)(reason)).toBe(
      "LLaMA-Factory 0.9.5，因为内置引擎不接受这份配置（optim：这里不支持 lion，可以是 sgd, adafactor）。",
    );
  });
});
