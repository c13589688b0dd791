/** What the console says, in this language: it comes late, once there is something to say. */
import { RULE_MESSAGES, type RuleCode } from "@/server/contract/argument-combinations";
import aboutConsole from "./phrases/console";
import datasets from "./phrases/datasets";
import engines from "./phrases/engines";
import hubs from "./phrases/hubs";
import runs from "./phrases/runs";
import rules from "./phrases/rules";

const ja: Readonly<Record<string, string>> = {
  ...engines,
  ...runs,
  ...datasets,
  ...hubs,
  ...aboutConsole,
  ...Object.fromEntries((Object.keys(rules) as RuleCode[]).map((code) => [RULE_MESSAGES[code], rules[code]])),
};
export default ja;
