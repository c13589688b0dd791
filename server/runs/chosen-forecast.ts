/**
 * A forecast with the engine that would train it: the one that the request names, else the one that suits the
 * configuration (`engines/engine-choice.ts`). It asks the engines and the machine, and decides nothing itself.
 */
import type { CreateRun, EngineChoice, EngineStatus, Forecast } from "@/server/contract/api";
import { textOf } from "@/server/contract/configuration-values";
import type { Problem } from "@/server/contract/problem";
import { chooseEngine } from "@/server/engines/engine-choice";
import type { Engine } from "@/server/engines/engine";
import { statusNow, unknownStatus } from "@/server/engines/engine-status";
import { forecast, type ForecastSources } from "./forecast";
import { checkConfig } from "./new-run";

export interface ChoiceSources extends ForecastSources {
  /** Bytes that programs can still take. */
  availableMemory(): number;
  /** The engine for what outgrows the embedded one; null in a console without it. */
  otherEngine(): Engine | null;
  /** Whether something lies at a path relative to the home folder. */
  exists(relative: string): boolean;
}

/**
 * @param patience "wait" lets LLaMA-Factory be looked at first, which takes Python a quarter of a minute; "now" answers
 *   with what is known and has it looked at meanwhile
 */
export async function chosenForecast(
  request: Pick<CreateRun, "config" | "engine">,
  sources: ChoiceSources,
  patience: "wait" | "now" = "now",
): Promise<Forecast> {
  const told = await engineForecast(request, sources, patience);
  return { ...told, problems: [...told.problems, ...folderProblems(request.config, sources)] };
}

async function engineForecast(
  request: Pick<CreateRun, "config" | "engine">,
  sources: ChoiceSources,
  patience: "wait" | "now",
): Promise<Forecast> {
  const wish = request.engine ?? "auto";
  if (wish !== "auto") {
    const told = await forecast({ config: request.config, engine: wish }, sources);
    return { ...told, choice: { engine: wish, ground: "chosen", reason: "Chosen by hand." } };
  }
  const embedded = await forecast({ config: request.config, engine: "embedded" }, sources);
  const other = sources.otherEngine();
  const facts = {
    wish,
    embeddedProblems: embedded.problems,
    llamafactoryProblems: other
      ? [
          ...checkConfig(request.config, other).problems,
          ...misspeltModel(request.config, embedded.problems, sources),
        ]
      : [],
    neededMemory: embedded.memory_bytes,
    availableMemory: sources.availableMemory(),
  };
  // As if it were there: where that makes no difference, nobody need look.
  const settled = chooseEngine({ ...facts, llamafactory: other ? READY : ABSENT });
  if (settled.engine === "embedded" || !other) return { ...embedded, choice: settled };
  const status = patience === "wait" ? await other.detect() : statusNow(other);
  const informed: EngineChoice = chooseEngine({ ...facts, llamafactory: status });
  if (informed.engine === "embedded") return { ...embedded, choice: informed };
  return {
    ...(await forecast({ config: request.config, engine: "llamafactory" }, sources)),
    choice: informed,
  };
}

/** A model's folder that is not there, and whose name is no hub's id either, is nobody's: what one engine says of it all do. */
function misspeltModel(
  config: Readonly<Record<string, unknown>>,
  problems: readonly Problem[],
  sources: ChoiceSources,
): Problem[] {
  const name = textOf(config.model_name_or_path);
  const couldBeId = /^\w[\w.-]*(\/\w[\w.-]*)?$/.test(name);
  // "models/qwen" looks like an id, but models/ is here.
  const isLocal = !couldBeId || (name.includes("/") && sources.exists(name.split("/")[0]!));
  return isLocal && !sources.exists(name)
    ? problems.filter(({ argument }) => argument === "model_name_or_path")
    : [];
}

/** A folder that another run has: LLaMA-Factory would go on in it without a word. */
function folderProblems(config: Readonly<Record<string, unknown>>, sources: ChoiceSources): Problem[] {
  const folder = textOf(config.output_dir);
  if (folder === "" || !sources.exists(folder)) return [];
  return [
    {
      argument: "output_dir",
      severity: "error",
      message: `${folder} is another run's folder: what is logged there would be mixed with this run's, and its checkpoints taken for this run's own.`,
      fix: { label: "Use a new folder", set: { output_dir: null } },
    },
  ];
}

const ABSENT = unknownStatus("llamafactory");
/** LLaMA-Factory as if it were there. */
const READY: EngineStatus = { ...ABSENT, available: true };
