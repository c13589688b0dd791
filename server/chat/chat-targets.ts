/**
 * Who can answer: base models, runs that left weights, their checkpoints. Says for each which server answers for it:
 * an adapter is served by its base model's, a whole model by its own. It starts nothing.
 */
import path from "node:path";
import type { ChatTarget } from "@/server/contract/chat";

/** A base model that can be chatted with. */
export interface ChatModelSource {
  name: string;
  /** Absolute. */
  folder: string;
  detail: string;
  template: string | null;
}

/** A run that left something to chat with. */
export interface ChatRunSource {
  id: string;
  name: string;
  /** Absolute. */
  folder: string;
  detail: string;
  template: string | null;
  /** Absolute folder of the model that it started from. */
  baseFolder: string;
  /** "adapter" where its weights go on top of the base, "model" where they stand alone. */
  kind: "adapter" | "model";
  /** Folders with weights: "" for the run's own, "checkpoint-60" and so on. */
  saved: { name: string; step: number | null }[];
  createdAt: string;
}

export interface ChatSources {
  models(): Promise<ChatModelSource[]>;
  runs(): ChatRunSource[];
}

/** What must be loaded for a target to answer. */
export interface Serving {
  target: ChatTarget;
  /** Absolute folder of the model that the server loads. */
  modelFolder: string;
  template: string | null;
  /** null: the model as it is. */
  adapterFolder: string | null;
}

/** Every target with how it is served: bases first, then runs from the newest, each followed by its checkpoints from the last. */
export async function listServings(sources: ChatSources): Promise<Serving[]> {
  const models = await sources.models();
  const bases = models.map(baseServing);
  const runs = sources.runs().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const idOf = (folder: string) => {
    const model = models.find((candidate) => candidate.folder === folder);
    const run = runs.find((candidate) => candidate.folder === folder);
    return model ? `base:${model.name}` : run ? `run:${run.id}` : null;
  };
  return [...bases, ...runs.flatMap((run) => runServings(run, idOf(run.baseFolder)))];
}

function baseServing(model: ChatModelSource): Serving {
  return {
    target: {
      id: `base:${model.name}`,
      kind: "base",
      label: model.name,
      detail: model.detail,
      run_id: null,
      base_id: null,
      template: model.template,
    },
    modelFolder: model.folder,
    template: model.template,
    adapterFolder: null,
  };
}

function runServings(run: ChatRunSource, baseId: string | null): Serving[] {
  const order = (step: number | null) => step ?? Infinity;
  const saved = [...run.saved].sort(
    (a, b) => Number(a.name !== "") - Number(b.name !== "") || order(b.step) - order(a.step),
  );
  return saved.map(({ name }) => {
    const folder = path.join(run.folder, name);
    return {
      target: {
        id: name === "" ? `run:${run.id}` : `run:${run.id}/${name}`,
        kind: name === "" ? "run" : "checkpoint",
        label: name === "" ? run.name : `${run.name} · ${name}`,
        detail: run.detail,
        run_id: run.id,
        base_id: baseId,
        template: run.template,
      },
      modelFolder: run.kind === "adapter" ? run.baseFolder : folder,
      template: run.template,
      adapterFolder: run.kind === "adapter" ? folder : null,
    };
  });
}
