/** What a model's own config.json asks for while it trains and the embedded trainer does not apply: dropout, a router's loss. */

const DROPOUT_KEYS = [
  "attention_dropout",
  "attn_pdrop",
  "embd_pdrop",
  "resid_pdrop",
  "hidden_dropout",
  "residual_dropout",
] as const;

/** "attn_pdrop 0.1" for every rate above zero. */
export function configDropouts(hfConfig: Readonly<Record<string, unknown>>): string[] {
  return DROPOUT_KEYS.flatMap((key) => {
    const rate = hfConfig[key];
    return typeof rate === "number" && rate > 0 ? [`${key} ${rate}`] : [];
  });
}

/** Whether transformers would add the loss that balances a mixture's experts. */
export function asksForRouterLoss(hfConfig: Readonly<Record<string, unknown>>): boolean {
  return hfConfig["output_router_logits"] === true;
}
