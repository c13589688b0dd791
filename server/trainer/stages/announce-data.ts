/** The log lines about loading data, in the words that the console reads the phase from. */
import { PHASE_WORDS } from "../../contract/phase";
import { splitList } from "../../contract/train-config";
import type { LoadOptions, LoadReport } from "../data/loaded-data";
import type { StageContext } from "./stage";

/** Seconds between two lines about rows that are being encoded. */
const PROGRESS_SECONDS = 5;

/** Rows of a stream whose fault is told; after them it is silent. */
const TOLD_DROPS = 5;

/** Says that loading begins; gives what loading is done with, which goes on saying. */
export function announceData(
  context: Pick<StageContext, "config" | "log" | "template" | "baseDir" | "signal">,
): {
  options: LoadOptions;
  done: (report: LoadReport) => void;
} {
  const { config, log, template, baseDir, signal } = context;
  const names = [...splitList(config.dataset), ...splitList(config.eval_dataset)];
  for (const name of names) log.info(`${PHASE_WORDS.loadDataset} ${name}...`);
  let nextLine = 0;
  let drops = 0;
  return {
    options: {
      ...{ template, baseDir, signal },
      onProgress(done, total) {
        const now = performance.now();
        if (now < nextLine && done < total) return;
        nextLine = now + PROGRESS_SECONDS * 1000;
        log.info(`${PHASE_WORDS.tokenize}: ${done} of ${total} rows`);
      },
      onNotice: (text) => log.info(text),
      onDrop(reason) {
        if (drops++ < TOLD_DROPS) log.warn(`A row was left out. ${reason}.`);
      },
    },
    done(report) {
      if (report.dropped === 0) return;
      log.warn(
        `${report.dropped} rows were left out. ${report.dropReasons.map((reason) => `${reason}.`).join(" ")}`,
      );
    },
  };
}
