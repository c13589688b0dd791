"use client";
/** What can be done to the queue, as one react-query mutation that shows its effect at once and says what went wrong. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi } from "@/components/api/client";
import { queryKeys } from "@/components/api/query-keys";
import { useToast } from "@/components/ui/toast";
import type { QueueStatus, UpdateQueue } from "@/server/contract/queue";

export function useChangeQueue() {
  const queries = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (change: UpdateQueue) =>
      callApi<QueueStatus>("/api/queue", { method: "PATCH", body: change }),
    onMutate: ({ order, paused }) => {
      const before = queries.getQueryData<QueueStatus>(queryKeys.queue);
      if (before)
        queries.setQueryData<QueueStatus>(queryKeys.queue, {
          ...before,
          ...(order && { order }),
          ...(paused !== undefined && { paused, paused_by: null }),
        });
    },
    onSuccess: (status) => queries.setQueryData(queryKeys.queue, status),
    onError: (error) => {
      toast({ kind: "bad", text: error.message });
      void queries.invalidateQueries({ queryKey: queryKeys.queue });
    },
  });
}

/** `ids` with one of them moved to another place. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((other) => other !== id);
  const place = Math.min(others.length, Math.max(0, to));
  return [...others.slice(0, place), id, ...others.slice(place)];
}
