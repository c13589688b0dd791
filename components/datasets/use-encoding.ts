"use client";
/** The model and template by which rows become tokens on this page: the starter or the first model there is, else the chosen one. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ModelSummary } from "@/server/contract/api";
import type { Encoding } from "@/server/contract/datasets";
import { modelsQuery } from "../api/queries";
import { useSearchState } from "../live/use-search-state";

const KEPT_UNDER = "tuneboard.datasets.encoding";

export interface EncodingChoice {
  encoding: Encoding | null;
  models: readonly ModelSummary[];
  choose: (change: { model?: string; template?: string }) => void;
}

export function useEncoding(): EncodingChoice {
  const [search, setSearch] = useSearchState(KEPT_UNDER);
  const { data } = useQuery(modelsQuery);
  const models = useMemo(() => (data?.items ?? []).filter((model) => model.family !== null), [data]);
  const path = search.get("model") ?? "";
  const wanted = search.get("template");
  const model =
    models.find((each) => each.path === path) ??
    models.find((each) => each.source === "starter") ??
    models[0];
  const encoding = useMemo<Encoding | null>(
    () =>
      model
        ? {
            model_name_or_path: model.path,
            template: wanted || model.template,
            cutoff_len: 2048,
            train_on_prompt: false,
            mask_history: false,
            enable_thinking: true,
          }
        : null,
    [model, wanted],
  );
  return {
    encoding,
    models,
    choose(change) {
      const next = {
        model: change.model ?? path,
        // Another model has its own template.
        template: change.model === undefined ? (change.template ?? wanted ?? "") : "",
      };
      setSearch({ model: next.model || null, template: next.template || null }, next);
    },
  };
}
