/** The surveys of datasets: one at a time for each, kept while its file and its entry stay as they are. */
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type { Survey } from "@/server/contract/datasets";
import type { RowFiles } from "./row-files";
import { surveyRows, type SurveyTask } from "./row-survey";

export class Surveys {
  private readonly tasks = new Map<string, { key: string; task: SurveyTask }>();

  /** What is known already; null where nobody has looked, or the file has changed since. */
  known(name: string, files: RowFiles, entry: DatasetEntry): Survey | null {
    const known = this.tasks.get(name);
    return known?.key === keyOf(files, entry) ? known.task.found : null;
  }

  /** What was found so far, begun where nobody has looked yet. */
  begin(name: string, files: RowFiles, entry: DatasetEntry): Survey {
    const known = this.known(name, files, entry);
    if (known) return known;
    this.tasks.get(name)?.task.cancel();
    const task = surveyRows(files, entry);
    this.tasks.set(name, { key: keyOf(files, entry), task });
    task.done.catch((error: unknown) => {
      console.error(error);
      this.tasks.delete(name);
    });
    return task.found;
  }
}

function keyOf(files: RowFiles, entry: DatasetEntry): string {
  return JSON.stringify([files.version, entry]);
}
