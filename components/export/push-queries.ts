/** What the export page reads and does about pushes to a hub. */
import { queryOptions } from "@tanstack/react-query";
import type { PlanPush, Push, PushPlan, StartPush } from "@/server/contract/hub-push";
import { isPushing } from "@/server/contract/push-state";
import { callApi, type ListOf } from "../api/client";

export const PUSHES_KEY = ["pushes"] as const;
const POLL_MS = 700;

/** All pushes, newest first; asked often while one is on its way. */
export const pushesQuery = queryOptions({
  queryKey: PUSHES_KEY,
  queryFn: ({ signal }) => callApi<ListOf<Push>>("/api/pushes", { signal }),
  select: ({ items }) => items,
  refetchInterval: (query) => (query.state.data?.items.some(isPushing) ? POLL_MS : false),
});

/** What would go where; no file is sent. */
export const planPush = (wish: PlanPush) =>
  callApi<PushPlan>("/api/pushes/plan", { method: "POST", body: wish });

export const startPush = (wish: StartPush) => callApi<Push>("/api/pushes", { method: "POST", body: wish });

export const cancelPush = (id: string) =>
  callApi<Push>(`/api/pushes/${encodeURIComponent(id)}/cancel`, { method: "POST" });

export const forgetPush = (id: string) =>
  callApi(`/api/pushes/${encodeURIComponent(id)}`, { method: "DELETE" });
