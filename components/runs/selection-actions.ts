"use client";
/** What is done to several runs, one after the other; a run that refuses keeps no other from being done. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { queryKeys } from "@/components/api/query-keys";
import { deleteRun, describeRun, stopRun } from "@/components/run/run-actions";
import { useToast } from "@/components/ui/toast";
import type { RunSummary } from "@/server/contract/run";
import { tagChanges } from "./selection";

type Run = Pick<RunSummary, "id" | "name" | "tags">;

/** Delete, take from the queue, tag; each says in a toast how many it was, or who refused and why. */
export function useSelectionActions() {
  const queries = useQueryClient();
  const toast = useToast();
  const t = useTranslations("runs.selection");

  async function each<R extends Run>(runs: readonly R[], work: (run: R) => Promise<unknown>) {
    const refusals: { name: string; reason: string }[] = [];
    for (const run of runs) {
      await work(run).catch((error: Error) => refusals.push({ name: run.name, reason: error.message }));
    }
    await queries.invalidateQueries({ queryKey: queryKeys.runs });
    return { count: runs.length, refusals };
  }

  function tell(words: "deleted" | "unqueued" | "tagged") {
    return ({ count, refusals: [first, ...others] }: Awaited<ReturnType<typeof each>>) =>
      toast(
        first
          ? { kind: "bad", text: t("partly", { done: count - 1 - others.length, count, ...first }) }
          : { text: t(words, { count }) },
      );
  }

  const remove = useMutation({
    mutationFn: async (runs: readonly Run[]) => {
      const result = await each(runs, ({ id }) => deleteRun(id));
      for (const { id } of runs) queries.removeQueries({ queryKey: queryKeys.run(id) });
      return result;
    },
    onSuccess: tell("deleted"),
  });
  const unqueue = useMutation({
    mutationFn: (runs: readonly Run[]) => each(runs, ({ id }) => stopRun(id, {})),
    onSuccess: tell("unqueued"),
  });
  const tag = useMutation({
    mutationFn: ({ runs, wishes }: { runs: readonly Run[]; wishes: ReadonlyMap<string, boolean> }) => {
      const changes = new Map(tagChanges(runs, wishes).map(({ run, change }) => [run, change]));
      return each([...changes.keys()], (run) => describeRun(run.id, changes.get(run)!));
    },
    onSuccess: tell("tagged"),
  });
  return { remove, unqueue, tag };
}
