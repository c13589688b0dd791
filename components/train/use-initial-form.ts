"use client";
/**
 * With what the form opens: settings in the address itself, an earlier run's (`?from=`), else the draft that was left, else the starter's
 * numbers. It waits for the API where the answer depends on it, and no longer than the API takes to fail.
 */
import { useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import type { DatasetSummary, ModelSummary } from "@/server/contract/api";
import { readEngineWish } from "@/server/contract/engine-names";
import { isObject } from "@/server/contract/raw-row";
import { datasetsQuery, modelsQuery, runQuery, runsQuery } from "../api/queries";
import { namesModel, withModelOf } from "../models/train-link";
import { readDraft } from "./draft";
import { configToForm, withoutNull } from "./form-config";
import { BOARD_DEFAULTS, STARTER_DATASET, STARTER_PRESET, type TrainForm } from "./form-defaults";
import { formOfFragment } from "./share-link";
import { followChoice } from "./usual-settings";
import { loadYaml, needsLibrary } from "./yaml-text";

export interface InitialForm {
  form: TrainForm;
  firstVisit: boolean;
  /** The starter's numbers as they are: nothing in them wants a check of its own. */
  isStarter: boolean;
  /** The run whose settings were taken. */
  clonedFrom: string | null;
  /** Why they could not be taken. */
  cloneError: string | null;
  /** The settings came in the address itself. */
  fromLink: boolean;
}

/** A change to the earlier run's settings, as an address spells it. */
export interface WrittenChange {
  /** JSON: values by argument name, null to take one away. */
  set: string | null;
  engine: string | null;
}

/** The form to open with; null until it is known. It does not change afterwards. */
export function useInitialForm(from: string | null, change?: WrittenChange): InitialForm | null {
  const inBrowser = useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
  const starter = useStarterForm();
  const models = useQuery(modelsQuery);
  const runs = useQuery(runsQuery);
  const clone = useQuery({ ...runQuery(from ?? ""), enabled: from !== null, retry: false });
  const [initial, setInitial] = useState<InitialForm | null>(null);
  const [, setYamlLoaded] = useState(false);
  if (initial) return initial;
  if (!inBrowser) return null;

  const found = findInitial();
  if (found && needsLibrary(found.form.extra)) {
    void loadYaml().then(() => setYamlLoaded(true));
    return null;
  }
  if (found) setInitial(found);
  return found;

  function findInitial(): InitialForm | null {
    const opened = {
      firstVisit: false,
      isStarter: false,
      clonedFrom: null,
      cloneError: null,
      fromLink: false,
    };
    const linked = formOfFragment(window.location.hash);
    if (linked) return { ...opened, form: linked, fromLink: true };
    if (from !== null && clone.isPending) return null;
    if (clone.data)
      return { ...opened, form: changedForm(clone.data.config, change), clonedFrom: clone.data.name };
    const cloneError = clone.error?.message ?? null;
    const draft = readDraft();
    const { search } = window.location;
    if (namesModel(search) && models.isPending) return null;
    const asked = (form: TrainForm) => withModelAsked(search, form, models.data?.items ?? []);
    if (draft) return { ...opened, form: asked(draft), cloneError };
    if (!starter || runs.isPending) return null;
    if (asked(starter) !== starter) return { ...opened, form: asked(starter), cloneError };
    const canStart = starter.model_name_or_path !== "" && starter.dataset.length > 0;
    const firstVisit = canStart && runs.data?.items.length === 0;
    return { ...opened, form: starter, firstVisit, isStarter: true, cloneError };
  }
}

/** The starter's numbers with the starter model and its dataset as they are on this machine; null until known. */
export function useStarterForm(): TrainForm | null {
  const models = useQuery(modelsQuery);
  const datasets = useQuery(datasetsQuery);
  if (models.isPending || datasets.isPending) return null;
  return starterForm(models.data?.items ?? [], datasets.data?.items ?? []);
}

/** The starter's numbers with one of `models` and a dataset that it can learn from. */
export function starterForm(models: readonly ModelSummary[], datasets: readonly DatasetSummary[]): TrainForm {
  const model = models.find((each) => each.source === "starter") ?? models[0];
  const usable = datasets.filter((each) => each.problem === null && !each.ranking);
  const dataset = usable.find((each) => each.name === STARTER_DATASET) ?? usable[0];
  const form = {
    ...BOARD_DEFAULTS,
    ...STARTER_PRESET,
    model_name_or_path: model?.path ?? "",
    template: model?.template ?? STARTER_PRESET.template,
    dataset: dataset ? [dataset.name] : [],
  };
  if (!model || model.source === "starter") return form;
  const starter = { source: "starter", parameters: null, context_length: null } as const;
  return { ...form, ...followChoice(form, { ...form, model: starter }, { ...form, model }) };
}

/** A form with the model that the address names; settings that nobody changed follow it. */
function withModelAsked(search: string, form: TrainForm, models: readonly ModelSummary[]): TrainForm {
  const asked = withModelOf(search, form, models);
  if (asked === form) return form;
  const choiceOf = (of: TrainForm) => ({
    ...of,
    model: models.find(({ path }) => path === of.model_name_or_path) ?? null,
  });
  return { ...asked, ...followChoice(form, choiceOf(form), choiceOf(asked)) };
}

/** The form of an earlier run's configuration with a change to it; what cannot be read changes nothing. */
export function changedForm(config: Record<string, unknown>, change?: WrittenChange): TrainForm {
  const set = parsedChange(change?.set ?? null);
  // A changed run gets a folder of its own.
  const { output_dir: _folder, overwrite_output_dir: _overwrite, ...rest } = config;
  const form = configToForm(withoutNull({ ...rest, ...set }));
  const engine = readEngineWish(change?.engine);
  return engine ? { ...form, engine } : form;
}

function parsedChange(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const noSubscription = () => () => undefined;
