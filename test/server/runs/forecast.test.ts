/** The forecast over HTTP and its arithmetic. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Forecast } from "@/server/contract/api";
import { trainConfigSchema, type TrainConfigInput } from "@/server/contract/train-config";
import { chosenForecast } from "@/server/runs/chosen-forecast";
import { forecast, type ForecastSources } from "@/server/runs/forecast";
import { trainedParameters } from "@/server/contract/trained-parameters";
import { diskBytes } from "@/server/runs/run-costs";
import {
  makeHome,
  openConsole,
  removeHome,
  runConfig,
  scriptedEngine,
  type TestConsole,
} from "../console/test-console";

const shape = {
  parameters: 134_515_008,
  hidden_size: 576,
  intermediate_size: 1536,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  vocab_size: 49_152,
  linear_parameters: 106_168_320,
  tied_head: true,
  linearSides: Object.fromEntries(
    Object.entries({
      q_proj: 576 + 576,
      k_proj: 576 + 192,
      v_proj: 576 + 192,
      o_proj: 576 + 576,
      gate_proj: 576 + 1536,
      up_proj: 576 + 1536,
      down_proj: 1536 + 576,
    }).map(([name, sides]) => [name, 30 * sides]),
  ),
};

function sources(change: Partial<ForecastSources> = {}): ForecastSources {
  return {
    datasetSize: (_folder, name) =>
      Promise.resolve(
        name === "missing" ? { problem: "is missing" } : { rows: 1000, bytes: 350_000, feedback: null },
      ),
    model: () => Promise.resolve({ shape, problem: null }),
    measured: () => [],
    engine: () => scriptedEngine("/nowhere"),
    engines: () => [{ id: "embedded", available: true, methods: ["lora", "full"] }],
    machine: () => Promise.resolve({ memory_bytes: 8e9, gpu_bytes: [] }),
    threads: 2,
    ...change,
  };
}

const of = (config: Record<string, unknown>, change?: Partial<ForecastSources>) =>
  forecast(
    { config: { ...runConfig, per_device_train_batch_size: 2, gradient_accumulation_steps: 8, ...config } },
    sources(change),
  );

describe("the engine that is chosen for a model that is not here", () => {
  const chosen = (name: string) =>
    chosenForecast(
      { config: { ...runConfig, model_name_or_path: name } },
      {
        ...sources({
          model: () => Promise.resolve({ shape: null, problem: "The folder is missing or empty." }),
          engine: () => ({ ...scriptedEngine("/nowhere"), readsLocalTextOnly: true }),
        }),
        availableMemory: () => 8e9,
        otherEngine: () => {
          const other = scriptedEngine("/nowhere");
          return { ...other, detect: async () => ({ ...(await other.detect()), id: "llamafactory" }) };
        },
        exists: (relative) => relative === "models",
      },
      "wait",
    );

  it("is LLaMA-Factory where the name can be an id of a hub, from which it loads", async () => {
    expect((await chosen("Qwen/Qwen3-0.6B")).choice).toMatchObject({
      engine: "llamafactory",
      ground: "limit",
    });
  });

  it.each(["models/misspelt", "./misspelt", "/misspelt/model"])(
    "stays embedded, which refuses it, where %s can only be a folder",
    async (name) => {
      const { choice, problems } = await chosen(name);
      expect(choice.engine).toBe("embedded");
      expect(problems).toContainEqual(
        expect.objectContaining({ argument: "model_name_or_path", severity: "error" }),
      );
    },
  );
});

describe("the forecast", () => {
  it("counts rows and steps as transformers does", async () => {
    expect(await of({ num_train_epochs: 3 })).toMatchObject({
      train_rows: 1000,
      eval_rows: 0,
      steps_per_epoch: 63,
      total_steps: 189,
    });
    expect(await of({ val_size: 0.1 })).toMatchObject({ train_rows: 900, eval_rows: 100 });
    expect(await of({ val_size: 50 })).toMatchObject({ train_rows: 950, eval_rows: 50 });
    expect(await of({ dataset: "a,b", max_samples: 600 })).toMatchObject({ train_rows: 1200 });
    expect(await of({ max_steps: 7 })).toMatchObject({ total_steps: 7 });
  });

  it("says what was measured before where it can, scaled to the batch", async () => {
    const earlier = {
      name: "yesterday",
      engine: "embedded" as const,
      config: {
        ...runConfig,
        cutoff_len: 2048,
        per_device_train_batch_size: 2,
        gradient_accumulation_steps: 4,
      },
      secondsPerStep: 1.5,
    };
    const found = await of({ max_steps: 10 }, { measured: () => [earlier] });
    expect(found.seconds).toBeCloseTo(2 + 10 * 3);
    expect(found.seconds_basis).toBe("measured in yesterday");
    expect(
      (await of({ max_steps: 10, cutoff_len: 512 }, { measured: () => [earlier] })).seconds_basis,
    ).toMatch(/estimated/);
  });

  it("passes on what is wrong with the data and the model, at its argument", async () => {
    const found = await of(
      { dataset: "a,missing" },
      { model: () => Promise.resolve({ shape: null, problem: "It has no weights." }) },
    );
    expect(found.problems.map(({ argument }) => argument)).toEqual(["dataset", "model_name_or_path"]);
    expect(found).toMatchObject({ train_rows: null, total_steps: null, seconds: null });
  });

  it("only warns where the engine reads more than the console does", async () => {
    const engine = () => ({ ...scriptedEngine("/nowhere"), readsLocalTextOnly: false });
    const found = await of({ dataset: "missing" }, { engine });
    expect(found.problems).toMatchObject([{ argument: "dataset", severity: "warning" }]);
  });

  it("knows the chat templates by name", async () => {
    expect((await of({ template: "nonsense" })).problems).toMatchObject([
      { argument: "template", severity: "error" },
    ]);
    expect((await of({ template: "qwen" })).problems).toEqual([]);
  });

  it("answers while the form is half filled in", async () => {
    const found = await forecast({ config: { learning_rate: "1e-" } }, sources());
    expect(found.problems.map(({ argument }) => argument)).toContain("model_name_or_path");
    expect(found.yaml).toContain("learning_rate: ");
    expect(found.command).toMatch(/^npx tuneboard train /);
  });
});

describe("the costs", () => {
  const config = (input: Partial<TrainConfigInput>) =>
    trainConfigSchema.parse({ model_name_or_path: "x", ...input });

  it("count LoRA's numbers as PEFT does", () => {
    expect(trainedParameters(config({ lora_rank: 8 }), shape)).toBe(2_442_240);
    expect(trainedParameters(config({ lora_rank: 8, lora_target: "q_proj,v_proj" }), shape)).toBe(
      30 * 8 * (1152 + 768),
    );
    expect(trainedParameters(config({ finetuning_type: "full" }), shape)).toBe(shape.parameters);
  });

  it("grow with what is kept on disk", () => {
    const plan = {
      streams: false,
      batchesPerEpoch: 100,
      stepsPerEpoch: 100,
      totalSteps: 300,
      epochs: 3,
      loggingSteps: 10,
      evalSteps: 10,
      saveSteps: 100,
    };
    const all = diskBytes(config({}), shape, plan);
    expect(diskBytes(config({ save_total_limit: 1 }), shape, plan)).toBeLessThan(all);
    expect(diskBytes(config({ save_strategy: "no" }), shape, plan)).toBeLessThan(all / 5);
    expect(diskBytes(config({ save_only_model: true }), shape, plan)).toBeLessThan(all);
  });
});

describe("POST /api/runs/check", () => {
  let home: string;
  let tuneboard: TestConsole;
  beforeAll(async () => {
    home = await makeHome();
    tuneboard = await openConsole(home);
  });
  afterAll(async () => {
    await tuneboard.close();
    await removeHome(home);
  });

  it("answers with the rows of the real file and makes nothing", async () => {
    const { status, body } = await tuneboard.api<Forecast>("/api/runs/check", {
      method: "POST",
      body: { config: { ...runConfig, num_train_epochs: 1 } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ train_rows: 40, total_steps: 5 });
    expect(body.problems).toContainEqual(
      expect.objectContaining({
        argument: "model_name_or_path",
        message: "models/tiny: The folder is missing or empty.",
      }),
    );
    expect((await tuneboard.api<{ items: unknown[] }>("/api/runs")).body.items).toEqual([]);
  });
});
