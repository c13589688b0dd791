"use client";
/** What can be done to a run, as react-query mutations that say in a toast what went wrong. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { callApi, type Created } from "@/components/api/client";
import { queryKeys } from "@/components/api/query-keys";
import { useToast } from "@/components/ui/toast";
import type { RunDetail, RunStatus } from "@/server/contract/run";
import type { ContinueRun, DescribeRun, StopRun } from "@/server/contract/run-changes";

export interface RemovedFile {
  name: string;
  bytes: number;
}

function pathOf(id: string): string {
  return `/api/runs/${encodeURIComponent(id)}`;
}

/** What deleting the run would remove, without removing it. */
export function listRemovals(id: string, signal?: AbortSignal): Promise<RemovedFile[]> {
  return callApi<{ removed: RemovedFile[] }>(`${pathOf(id)}?dry=1`, { method: "DELETE", signal }).then(
    (reply) => reply.removed,
  );
}

/** Changes a run's name, notes or tags. */
export function describeRun(id: string, change: DescribeRun): Promise<RunDetail> {
  return callApi<RunDetail>(pathOf(id), { method: "PATCH", body: change });
}

/** Takes a waiting run from the queue; asks one that is going to end. */
export function stopRun(id: string, wish: StopRun): Promise<{ status: RunStatus }> {
  return callApi<{ status: RunStatus }>(`${pathOf(id)}/stop`, { method: "POST", body: wish });
}

/** Deletes a run's folder, or takes one that lies elsewhere off the list. */
export function deleteRun(id: string): Promise<{ removed: RemovedFile[] }> {
  return callApi<{ removed: RemovedFile[] }>(pathOf(id), { method: "DELETE" });
}

/** Describe, stop, start now, resume, continue and delete one run. */
export function useRunActions(id: string) {
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const t = useTranslations("run");
  const onError = (error: Error) => toast({ kind: "bad", text: error.message });
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.run(id), exact: true });

  const describe = useMutation({
    mutationFn: (change: DescribeRun) => describeRun(id, change),
    onSuccess: (run) => queries.setQueryData<RunDetail>(queryKeys.run(id), run),
    onError,
  });
  const stop = useMutation({
    mutationFn: (wish: StopRun) => stopRun(id, wish),
    onSuccess: refresh,
    onError,
  });
  const startNow = useMutation({
    mutationFn: () => callApi<{ status: RunStatus }>(`${pathOf(id)}/start`, { method: "POST" }),
    onSuccess: refresh,
    onError,
  });
  const continueRun = useMutation({
    mutationFn: (request: ContinueRun) =>
      callApi<Created>(`${pathOf(id)}/continue`, { method: "POST", body: request }),
    onSuccess: (created) => router.push(`/runs/${encodeURIComponent(created.id)}`),
    onError,
  });
  const resume = useMutation({
    mutationFn: () => callApi<{ status: RunStatus }>(`${pathOf(id)}/resume`, { method: "POST" }),
    onSuccess: refresh,
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteRun(id),
    onSuccess: async () => {
      router.push("/runs");
      toast({ text: t("deleted") });
      await queries.invalidateQueries({ queryKey: queryKeys.runs });
      queries.removeQueries({ queryKey: queryKeys.run(id) });
    },
    onError,
  });
  return { describe, stop, startNow, resume, continueRun, remove };
}
