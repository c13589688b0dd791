/** What can be done with several runs at once, as pure functions over them. */
import type { DescribeRun } from "@/server/contract/run-changes";
import type { RunSummary } from "@/server/contract/run";

/** Runs of a selection that can be deleted now, and those that are still going and stay. */
export function splitForDeletion<R extends Pick<RunSummary, "status">>(
  runs: readonly R[],
): { deletable: R[]; going: R[] } {
  const isGoing = ({ status }: R) => status === "running" || status === "stopping";
  return { deletable: runs.filter((run) => !isGoing(run)), going: runs.filter(isGoing) };
}

/** Whether all, some or none of the runs have each tag that any run has; in the order of the alphabet. */
export function tagStates(
  all: readonly Pick<RunSummary, "tags">[],
  selected: readonly Pick<RunSummary, "tags">[],
): Map<string, boolean | "mixed"> {
  const tags = [...new Set(all.flatMap((run) => run.tags))].sort((a, b) => a.localeCompare(b));
  return new Map(
    tags.map((tag) => {
      const having = selected.filter((run) => run.tags.includes(tag)).length;
      return [tag, having === 0 ? false : having === selected.length ? true : "mixed"];
    }),
  );
}

/**
 * What each run must be told so that it has the tags wished for and not those unwished; runs that are so already are
 * left out.
 * @param wishes by tag: whether every run is to have it; tags that are not named stay as they are
 */
export function tagChanges<R extends Pick<RunSummary, "tags">>(
  runs: readonly R[],
  wishes: ReadonlyMap<string, boolean>,
): { run: R; change: Pick<Required<DescribeRun>, "tags"> }[] {
  return runs.flatMap((run) => {
    const kept = run.tags.filter((tag) => wishes.get(tag) !== false);
    const added = [...wishes].flatMap(([tag, wish]) => (wish && !run.tags.includes(tag) ? [tag] : []));
    const isSame = added.length === 0 && kept.length === run.tags.length;
    return isSame ? [] : [{ run, change: { tags: [...kept, ...added] } }];
  });
}
