import { appendFileSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openLineFile } from "@/server/trainer/train/line-file";
import { createRunLog } from "@/server/trainer/train/run-log";
import { temporaryFolder } from "./tiny-run";

describe("line file", () => {
  it("appends whole lines, at once", async () => {
    const file = path.join(await temporaryFolder(), "log");
    const lines = openLineFile(file, { keep: false });
    lines.append("one");
    expect(readFileSync(file, "utf8")).toBe("one\n");
    lines.append("zwei ü");
    expect(readFileSync(file, "utf8")).toBe("one\nzwei ü\n");
    lines.close();
  });

  it("goes on after the last whole line, or begins anew", async () => {
    const file = path.join(await temporaryFolder(), "log");
    writeFileSync(file, "one\ntw");
    const kept = openLineFile(file, { keep: true });
    kept.append("three");
    kept.close();
    expect(readFileSync(file, "utf8")).toBe("one\nthree\n");
    appendFileSync(file, "x".repeat(10_000));
    openLineFile(file, { keep: true }).close();
    expect(readFileSync(file, "utf8")).toBe("one\nthree\n");
    openLineFile(file, { keep: false }).close();
    expect(readFileSync(file, "utf8")).toBe("");
  });

  it("leaves no half line behind where the disk is full", async () => {
    const file = path.join(await temporaryFolder(), "log");
    let room = 8;
    const write = (fd: number, bytes: Uint8Array) => {
      if (room <= 0) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      const part = bytes.subarray(0, room);
      room -= part.length;
      return writeSync(fd, part);
    };
    const lines = openLineFile(file, { keep: false, write });
    lines.append("one");
    expect(() => lines.append("two and more")).toThrow(expect.objectContaining({ code: "disk_full" }));
    expect(() => lines.append("three")).toThrow(/disk is full.*resume from the last checkpoint/);
    expect(readFileSync(file, "utf8")).toBe("one\n");
    lines.close();
  });
});

describe("run log", () => {
  it("writes LLaMA-Factory's form, one line a message, early lines included", async () => {
    const file = path.join(await temporaryFolder(), "running_log.txt");
    const shown: string[] = [];
    const log = createRunLog({
      show: (line) => shown.push(line),
      now: () => new Date(2026, 10, 24, 4, 4, 7),
    });
    log.warn("first");
    log.attach(openLineFile(file, { keep: false }));
    log.info("two\n lines");
    log.error("bad");
    expect(readFileSync(file, "utf8")).toBe(
      "[WARNING|2026-11-24 04:04:07] trainer:1 >> first\n" +
        "[INFO|2026-11-24 04:04:07] trainer:1 >> two lines\n" +
        "[ERROR|2026-11-24 04:04:07] trainer:1 >> bad\n",
    );
    expect(shown).toHaveLength(2);
  });
});
