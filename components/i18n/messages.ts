/** All words of one language, put together from one file per feature. English is the shape; every other language must have all of it. */
import chat from "./en/chat";
import datasets from "./en/datasets";
import evaluate from "./en/evaluate";
import exporting from "./en/export";
import failure from "./en/failure";
import models from "./en/models";
import run from "./en/run";
import runs from "./en/runs";
import settings from "./en/settings";
import shell from "./en/shell";
import train from "./en/train";
import ja from "./ja/messages";
import ko from "./ko/messages";
import ru from "./ru/messages";
import zhChat from "./zh/chat";
import zhDatasets from "./zh/datasets";
import zhEvaluate from "./zh/evaluate";
import zhExport from "./zh/export";
import zhFailure from "./zh/failure";
import zhModels from "./zh/models";
import zhRun from "./zh/run";
import zhRuns from "./zh/runs";
import zhSettings from "./zh/settings";
import zhShell from "./zh/shell";
import zhTrain from "./zh/train";
import type { Locale } from "./locale";

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
export type Messages = typeof en;

const zh: Messages = {
  shell: zhShell,
  train: zhTrain,
  settings: zhSettings,
  runs: zhRuns,
  run: zhRun,
  failure: zhFailure,
  chat: zhChat,
  datasets: zhDatasets,
  models: zhModels,
  evaluate: zhEvaluate,
  export: zhExport,
};

const MESSAGES: Record<Locale, Messages> = { en, zh, ru, ko, ja };

/** The words of `locale`. */
export function messagesOf(locale: Locale): Messages {
  return MESSAGES[locale];
}

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}
