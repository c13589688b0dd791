/** All words in Japanese, put together from one file per feature. */
import type { Messages } from "../en/messages";
import chat from "./chat";
import datasets from "./datasets";
import evaluate from "./evaluate";
import exporting from "./export";
import failure from "./failure";
import models from "./models";
import run from "./run";
import runs from "./runs";
import settings from "./settings";
import shell from "./shell";
import train from "./train";

const ja: Messages = {
  shell,
  train,
  settings,
  runs,
  run,
  failure,
  chat,
  datasets,
  models,
  evaluate,
  export: exporting,
};
export default ja;
