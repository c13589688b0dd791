/** A configuration in a link. */
import { describe, expect, it } from "vitest";
import { formToConfig } from "@/components/train/form-config";
import { BOARD_DEFAULTS } from "@/components/train/form-defaults";
import { formOfFragment, fragmentOf } from "@/components/train/share-link";

const form = {
  ...BOARD_DEFAULTS,
  model_name_or_path: "models/模型",
  dataset: ["identity"],
  default_system: "Sei höflich. 你好",
  engine: "llamafactory",
  extra: "label_names: [a]\n",
};

describe("a link that holds a configuration", () => {
  it("fills another form alike, in any script", () => {
    const opened = formOfFragment(fragmentOf(form));
    expect(opened && formToConfig(opened)).toEqual(formToConfig(form));
    expect(opened?.engine).toBe("llamafactory");
  });

  it("holds no secrets and needs no escaping", () => {
    const link = fragmentOf({
      ...form,
      hf_hub_token: "hf_private",
      use_swanlab: true,
      swanlab_api_key: "key",
    });
    expect(link).toMatch(/^#config=[\w-]+$/);
    const opened = formOfFragment(link)!;
    expect([opened.hf_hub_token, opened.swanlab_api_key]).toEqual(["", ""]);
  });

  it.each(["", "#top", "#config=%%%", "#config=bnVsbA", "#config=W10"])(
    "takes nothing from %j",
    (fragment) => {
      expect(formOfFragment(fragment)).toBeNull();
    },
  );
});
