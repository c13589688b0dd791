/**
 * Who can answer: base models, runs that left weights, their checkpoints. Says for each which server answers for it:
 * an adapter is served by its base model's, a whole model by its own. It starts nothing.
 */
import path from "node:path";
import type { EngineId } from "@/server/contract/api";
import type { ChatTarget } from "@/server/contract/chat";

/** A base model that can be chatted with. */
export interface ChatModelSource {
  name: string;
  /** Absolute. */
  folder: string;
  detail: string;
  template: string | null;
  /** The engine that can load it. */
  engine: EngineId;
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
  /** The engine that trained it. */
  engine: EngineId;
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
  engine: EngineId;
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
  // What the embedded engine can load it answers for, whoever trained it: its servers hold a base once for all adapters.
  const engineOf = (run: ChatRunSource) =>
    models.find((model) => model.folder === run.baseFolder)?.engine ?? run.engine;
  return [...bases, ...runs.flatMap((run) => runServings(run, idOf(run.baseFolder), engineOf(run)))];
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
      engine: model.engine,
    },
    modelFolder: model.folder,
    template: model.template,
    adapterFolder: null,
    engine: model.engine,
  };
}

function runServings(run: ChatRunSource, baseId: string | null, engine: EngineId): Serving[] {
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
        engine,
      },
      modelFolder: run.kind === "adapter" ? run.baseFolder : folder,
      template: run.template,
      adapterFolder: run.kind === "adapter" ? folder : null,
      engine,
    };
  });
}
