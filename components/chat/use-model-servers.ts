"use client";
/** Has the console load the models of the panes, and tells how far each is. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { callApi, type ListOf } from "@/components/api/client";
import type { EngineWish } from "@/server/contract/api";
import type { ChatServerStatus } from "@/server/contract/chat";

const POLL_MS = 600;

/** The state of each target's model, by target id; asks until none is loading. `retry` asks again for failed ones. */
export function useModelServers(targets: readonly string[], engine: EngineWish) {
  const { data, error, refetch } = useQuery({
    queryKey: ["chat", "load", engine, ...targets],
    queryFn: ({ signal }) =>
      callApi<ListOf<ChatServerStatus>>("/api/chat/load", {
        method: "POST",
        body: { targets, engine },
        signal,
      }),
    enabled: targets.length > 0,
    refetchInterval: (query) =>
      query.state.data?.items.some((item) => item.state === "loading") ? POLL_MS : false,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  return useMemo(() => {
    const states = new Map<string, ChatServerStatus>(data?.items.map((item) => [item.target, item]));
    const stateOf = (target: string): ChatServerStatus =>
      states.get(target) ?? { target, state: error ? "failed" : "loading", detail: error?.message ?? "" };
    return { stateOf, retry: () => void refetch() };
  }, [data, error, refetch]);
}
