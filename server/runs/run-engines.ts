/** The engines that runs are trained by: found by id, asked whether they are there, chosen where nobody named one. */
import type { CreateRun, EngineChoice, EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { Engine } from "@/server/engines/engine";

/** Which engine trains a request that names none. */
export type ChooseEngine = (request: Pick<CreateRun, "config" | "engine">) => Promise<EngineChoice>;

/** The choice where nothing is there to choose by. */
const EMBEDDED: { engine: EngineId; reason: string | null } = { engine: "embedded", reason: null };

export class RunEngines {
  constructor(
    private readonly engines: ReadonlyMap<EngineId, Engine>,
    private readonly chooseEngine: ChooseEngine | undefined,
  ) {}

  /** @throws AppError unsupported where the console has no such engine */
  get(id: EngineId): Engine {
    const engine = this.engines.get(id);
    if (!engine) throw new AppError("unsupported", `The engine ${id} is not part of this console.`);
    return engine;
  }

  /** An engine that can start a run now. @throws AppError unsupported with the engine's own reason */
  async available(id: EngineId): Promise<Engine> {
    const engine = this.get(id);
    const { available, reason, name } = await engine.detect();
    if (!available) throw new AppError("unsupported", reason ?? `${name} cannot be used here.`);
    return engine;
  }

  /** The engine that a request names, else the one that suits it, and why. */
  async choose(request: CreateRun): Promise<{ engine: EngineId; reason: string | null }> {
    if (request.engine && request.engine !== "auto") return { engine: request.engine, reason: null };
    return (await this.chooseEngine?.(request)) ?? EMBEDDED;
  }
}
