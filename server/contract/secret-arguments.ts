/** Arguments whose values open an account somewhere: they are left out of whatever is kept under a name or shared. */
import type { Configuration } from "./configuration-values";

export const SECRET_ARGUMENTS: readonly string[] = [
  "hf_hub_token",
  "ms_hub_token",
  "om_hub_token",
  "hub_token",
  "swanlab_api_key",
  "swanlab_lark_webhook_url",
  "swanlab_lark_secret",
];

/** The configuration without them. */
export function withoutSecrets(config: Configuration): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !SECRET_ARGUMENTS.includes(name)));
}
