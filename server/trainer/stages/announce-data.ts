/** The log lines about loading data, in the words that the console reads the phase from. */
import { PHASE_WORDS } from "../../contract/phase";
import { splitList } from "../../contract/train-config";
import type { LoadReport } from "../data/load-examples";
import type { StageContext } from "./stage";

/** Seconds between two lines about rows that are being encoded. */
const PROGRESS_SECONDS = 5;

/** Says that loading begins; gives back how to go on saying. */
export function announceData({ config, log }: Pick<StageContext, "config" | "log">): {
  progress: (done: number, total: number) => void;
  done: (report: LoadReport) => void;
} {
  const names = [...splitList(config.dataset), ...splitList(config.eval_dataset)];
  for (const name of names) log.info(`${PHASE_WORDS.loadDataset} ${name}...`);
  let nextLine = 0;
  return {
    progress(done, total) {
      const now = performance.now();
      if (now < nextLine && done < total) return;
      nextLine = now + PROGRESS_SECONDS * 1000;
      log.info(`${PHASE_WORDS.tokenize}: ${done} of ${total} rows`);
    },
    done(report) {
      if (report.dropped === 0) return;
      log.warn(
        `${report.dropped} rows were left out. ${report.dropReasons.map((reason) => `${reason}.`).join(" ")}`,
      );
    },
  };
}
