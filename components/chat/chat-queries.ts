/** What the chat reads and changes over the console's API beside the answers themselves. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { callApi, type ListOf } from "@/components/api/client";
import { queryKeys } from "@/components/api/query-keys";
import type {
  Conversation,
  ConversationHead,
  ConversationSummary,
  KeepConversation,
} from "@/server/contract/conversations";
import type { Endpoint, EndpointAddress, SaveEndpoint } from "@/server/contract/endpoints";

const address = (id: string) => `/api/chat/conversations/${encodeURIComponent(id)}`;

export const conversationsKey = ["chat", "conversations"];

export const conversationsQuery = (search: string) =>
  queryOptions({
    queryKey: [...conversationsKey, search],
    queryFn: ({ signal }) =>
      callApi<ListOf<ConversationSummary>>(`/api/chat/conversations?search=${encodeURIComponent(search)}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const readConversation = (id: string, signal?: AbortSignal) =>
  callApi<Conversation>(address(id), { signal });

export const keepConversation = (id: string, body: KeepConversation) =>
  callApi<ConversationHead>(address(id), { method: "PUT", body });

export const renameConversation = (id: string, title: string) =>
  callApi<ConversationHead>(address(id), { method: "PATCH", body: { title } });

export const removeConversation = (id: string) => callApi(address(id), { method: "DELETE" });

export const endpointsQuery = queryOptions({
  queryKey: [...queryKeys.chatTargets, "endpoints"],
  queryFn: ({ signal }) => callApi<ListOf<Endpoint>>("/api/chat/endpoints", { signal }),
});

export const endpointModels = (body: EndpointAddress) =>
  callApi<ListOf<string>>("/api/chat/endpoints/models", { method: "POST", body });

export const saveEndpoint = (name: string, body: SaveEndpoint) =>
  callApi<Endpoint>(`/api/chat/endpoints/${encodeURIComponent(name)}`, { method: "PUT", body });

export const removeEndpoint = (name: string) =>
  callApi(`/api/chat/endpoints/${encodeURIComponent(name)}`, { method: "DELETE" });
