/** The form's numbers for the first run are those that the starter was made for. */
import { describe, expect, it } from "vitest";
import { formToConfig } from "@/components/train/form-config";
import { BOARD_DEFAULTS, STARTER_DATASET, STARTER_PRESET } from "@/components/train/form-defaults";
import preset from "@/server/starter/preset.json";

describe("the starter's numbers in the form", () => {
  it("ask for the run that server/starter/preset.json describes", () => {
    const config = formToConfig({ ...BOARD_DEFAULTS, ...STARTER_PRESET, dataset: [STARTER_DATASET] });
    const { val_size, ...rest } = preset;
    expect(config).toMatchObject(rest);
    expect(config["val_size"] ?? 0).toBe(val_size);
  });
});
