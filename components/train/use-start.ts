"use client";
/** Sends the form to the console as a run and goes to that run's page. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { CreateRun } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";
import { ApiError, callApi, type Created } from "../api/client";
import { queryKeys } from "../api/query-keys";
import { writeDraft } from "./draft";
import type { TrainForm } from "./form-defaults";
import { requestOf } from "./use-forecast";

export function useStart() {
  const router = useRouter();
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: (form: TrainForm) => {
      const body: CreateRun = { ...requestOf(form), ...(form.name && { name: form.name }) };
      return callApi<Created>("/api/runs", { method: "POST", body });
    },
    onSuccess: ({ id }, form) => {
      // The next run wants the same settings and another name.
      writeDraft({ ...form, name: "" });
      void queries.invalidateQueries({ queryKey: queryKeys.runs });
      router.push(`/runs/${encodeURIComponent(id)}`);
    },
  });
  return {
    start: mutation.mutate,
    forget: mutation.reset,
    // On success the page is about to change: Start stays pressed until it has.
    isStarting: mutation.isPending || mutation.isSuccess,
    error: mutation.error?.message ?? null,
    problems: mutation.error instanceof ApiError ? mutation.error.problems : NO_PROBLEMS,
  };
}

const NO_PROBLEMS: Problem[] = [];
