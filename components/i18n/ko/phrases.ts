/** What the console says, in this language: it comes late, once there is something to say. */
import { rulePhrases } from "../rule-phrases";
import aboutConsole from "./phrases/console";
import datasets from "./phrases/datasets";
import engines from "./phrases/engines";
import hubs from "./phrases/hubs";
import runs from "./phrases/runs";
import rules from "./phrases/rules";

const ko: Readonly<Record<string, string>> = {
  ...engines,
  ...runs,
  ...datasets,
  ...hubs,
  ...aboutConsole,
  ...rulePhrases(rules),
};
export default ko;
