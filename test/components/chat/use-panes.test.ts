import { describe, expect, test } from "vitest";
import { paneColours } from "@/components/chat/pane-colours";
import { choosePanes, referencePane } from "@/components/chat/use-panes";
import type { ChatTarget } from "@/server/contract/chat";

const target = (id: string, kind: ChatTarget["kind"], run_id: string | null = null): ChatTarget => ({
  id,
  kind,
  label: id,
  detail: "",
  run_id,
  base_id: kind === "base" ? null : "base:a",
  template: null,
  engine: "embedded",
});
const TARGETS = [
  target("base:z", "base"),
  target("base:a", "base"),
  target("run:1", "run", "1"),
  target("run:1/checkpoint-5", "checkpoint", "1"),
];

describe("panes", () => {
  test("are those of the address, each once", () => {
    expect(choosePanes(["base:a", "run:1", "base:a"], TARGETS)).toEqual(["base:a", "run:1"]);
  });

  test("are the newest run and its own base where the address names none", () => {
    expect(choosePanes([], TARGETS)).toEqual(["base:a", "run:1"]);
    expect(choosePanes([], TARGETS.slice(0, 1))).toEqual(["base:z"]);
    expect(choosePanes([], [])).toEqual([]);
  });

  test("are compared with the base, wherever it stands", () => {
    expect(referencePane(["run:1", "base:a"], TARGETS)).toBe("base:a");
    expect(referencePane(["run:1/checkpoint-5", "run:1"], TARGETS)).toBe("run:1/checkpoint-5");
  });

  test("have colours of their own", () => {
    const colours = paneColours(TARGETS.slice(1));
    expect(new Set(colours.values()).size).toBe(3);
  });
});
