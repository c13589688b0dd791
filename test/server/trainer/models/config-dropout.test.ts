import { expect, it } from "vitest";
import { configDropouts } from "@/server/trainer/models/config-dropout";

it("names the rates above zero and nothing else", () => {
  const config = { attn_pdrop: 0.1, resid_pdrop: 0, attention_dropout: null, summary_first_dropout: 0.1 };
  expect(configDropouts(config)).toEqual(["attn_pdrop 0.1"]);
});
