/**
 * What a configuration takes in every place that this machine offers, and what the other ways to train would take. Pure:
 * places, rows and paces are handed in.
 */
import type { EngineId } from "@/server/contract/api";
import { forecastMemory, type MemoryForecast, type TrainingPlace } from "@/server/contract/memory-forecast";
import type { ModelShape } from "@/server/contract/model-shape";
import type { TrainConfig } from "@/server/contract/train-config";
import { type TrainingWay, waysOf, withWay } from "@/server/contract/training-ways";

/** What the machine has for training. */
export interface MachineRoom {
  /** Bytes of memory that are free for a run. */
  memory_bytes: number;
  /** Bytes of each graphics card. */
  gpu_bytes: number[];
}

/** An engine that could train, with the methods that it honours. */
export interface TrainingEngine {
  id: EngineId;
  available: boolean;
  methods: readonly string[];
}

export interface Outlook {
  memory: MemoryForecast[];
  ways: TrainingWay[];
}

interface OutlookQuestion {
  config: TrainConfig;
  shape: ModelShape;
  /** Of the longest row of a batch. */
  tokensPerRow: number;
  engine: EngineId;
  engines: readonly TrainingEngine[];
  machine: MachineRoom;
  /** Seconds of a run with this configuration; null where nothing is known. */
  seconds: (config: TrainConfig, place: TrainingPlace) => number | null;
}

/** The asked engine's place first; other engines only where they are there. */
export function trainingOutlook(question: OutlookQuestion): Outlook {
  const { config, shape, tokensPerRow, engine, engines, machine, seconds } = question;
  const asked = engines.filter(({ id }) => id === engine);
  const others = engines.filter(({ id, available }) => id !== engine && available);
  const places = [...asked, ...others].map(({ id }) => placeOf(id, machine));
  const memory = places.map((place) => forecastMemory(config, shape, { tokensPerRow, place }));
  const ways = [...asked, ...others].flatMap(({ id, methods }, index) => {
    const place = places[index]!;
    return waysOf(config, { engine: id, device: place.device, methods, parameters: shape.parameters }).map(
      (way): TrainingWay => {
        const changed = withWay(config, way);
        const taken = forecastMemory(changed, shape, { tokensPerRow, place });
        return {
          ...way,
          engine: id,
          memory: taken,
          seconds: seconds(changed, place),
          host_fits: taken.host_bytes <= machine.memory_bytes,
        };
      },
    );
  });
  return { memory, ways };
}

/** Graphics cards where the engine uses them: they are told by their smallest. */
function placeOf(engine: EngineId, { memory_bytes, gpu_bytes }: MachineRoom): TrainingPlace {
  return engine === "llamafactory" && gpu_bytes.length > 0
    ? { engine, device: "gpu", devices: gpu_bytes.length, capacity_bytes: Math.min(...gpu_bytes) }
    : { engine, device: "cpu", devices: 1, capacity_bytes: memory_bytes };
}
