/** The form kept in the browser. */
import { describe, expect, it } from "vitest";
import { readDraft, writeDraft } from "@/components/train/draft";
import { BOARD_DEFAULTS } from "@/components/train/form-defaults";

function storageOf(kept: string | null) {
  const state = { kept };
  return {
    state,
    getItem: () => state.kept,
    setItem: (_key: string, value: string) => void (state.kept = value),
    removeItem: () => void (state.kept = null),
  };
}

describe("draft", () => {
  it("comes back as it was left", () => {
    const storage = storageOf(null);
    const form = { ...BOARD_DEFAULTS, dataset: ["identity"], lora_rank: "64", mask_history: true };
    writeDraft(form, storage);
    expect(readDraft(storage)).toEqual(form);
    writeDraft(null, storage);
    expect(readDraft(storage)).toBeNull();
  });

  it("drops what is of the wrong kind or no longer a field", () => {
    const storage = storageOf(
      '{"lora_rank": 64, "dataset": ["a", 1], "gone": "x", "seed": "7", "__proto__": {"x": 1}}',
    );
    expect(readDraft(storage)).toEqual({ ...BOARD_DEFAULTS, dataset: ["a"], seed: "7" });
  });

  it("is no error where the browser keeps nothing", () => {
    const blocked = {
      getItem: () => {
        throw new Error("blocked");
      },
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => undefined,
    };
    expect(readDraft(blocked)).toBeNull();
    expect(() => writeDraft(BOARD_DEFAULTS, blocked)).not.toThrow();
    expect(readDraft(storageOf("{broken"))).toBeNull();
    expect(readDraft(null)).toBeNull();
  });
});
