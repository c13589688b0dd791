"use client";
/** Sends changed settings to the console; the answer is what the page shows from then on. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Settings, UpdateSettings } from "@/server/contract/api";
import { callApi } from "../api/client";
import { queryKeys } from "../api/query-keys";
import { useToast } from "../ui/toast";

/** `onSaved` is also called where the saved value replaces the form that sent it. */
export function useSaveSettings(onSaved?: () => void) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateSettings) =>
      callApi<Settings>("/api/settings", { method: "PUT", body: change }),
    onSuccess: (saved) => {
      queries.setQueryData(queryKeys.settings, saved);
      onSaved?.();
      toast({ text: t("saved") });
    },
  });
}
