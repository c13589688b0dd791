/** All words in English, put together from one file per feature: the shape that every other language must have. */
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

const en = {
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
export default en;

export type Messages = typeof en;
