/** LLaMA-Factory as an engine, with a stand-in for its command: finding it, looking at it, what it is started with. */
import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { llamaFactoryReport } from "@/server/engines/engine-report";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import {
  findProgram,
  inspectProgram,
  parsedInspection,
  type Inspection,
} from "@/server/engines/llamafactory-program";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-lf-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program in a file of its own; `body` is JavaScript in which `verb` is the first word after its name. */
async function program(name: string, body: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!${process.execPath}\nconst verb = process.argv[2];\n${body}`);
  await chmod(file, 0o755);
  return file;
}

const ENV = `if (verb === "env") console.log("\\n- \`llamafactory\` version: 0.9.5\\n- PyTorch version: 2.14.1+cu130\\n- Git commit: abc\\n");`;
const fails = (words: string) => `${ENV} else { console.error(${JSON.stringify(words)}); process.exit(1); }`;

describe("LLaMA-Factory", () => {
  it("is looked at by starting it twice, and not again while nothing changed", async () => {
    const asked = path.join(folder, "asked");
    const file = await program(
      "good",
      `require("fs").appendFileSync(${JSON.stringify(asked)}, process.argv.slice(2).join(" ") + "\\n"); ${ENV}`,
    );
    const engine = llamaFactoryEngine(() => file);
    expect(engine.known()).toBeNull();
    const status = await engine.detect();
    expect(status).toMatchObject({ available: true, version: "0.9.5", reason: null, program: file });
    expect(status.facts).toEqual([
      { name: "llamafactory version", value: "0.9.5" },
      { name: "PyTorch version", value: "2.14.1+cu130" },
    ]);
    expect(await engine.detect()).toBe(status);
    expect(engine.known()).toBe(status);
    expect(await readFile(asked, "utf8")).toBe("env\ntrain -h\n");
    await engine.detect({ refresh: true });
    expect(await readFile(asked, "utf8")).toBe("env\ntrain -h\n".repeat(2));
    // Somebody upgraded it.
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    expect(engine.known()).toBeNull();
  });

  it("is remembered from one console to the next", async () => {
    const file = await program("kept", ENV);
    let text: string | null = null;
    const store = {
      read: () => parsedInspection(text),
      write: (inspection: Inspection) => void (text = JSON.stringify(inspection)),
    };
    await llamaFactoryEngine(() => file, store).detect();
    expect(llamaFactoryEngine(() => file, store).known()).toMatchObject({
      available: true,
      version: "0.9.5",
    });
    text = "{ of an older console }";
    expect(llamaFactoryEngine(() => file, store).known()).toBeNull();
  });

  it("takes what the installed version's help lists, whatever our table says", async () => {
    const help =
      "usage: llamafactory-cli [-h] [--model_name_or_path MODEL]\n\noptions:\n  -h, --help            show this\n  --model_name_or_path MODEL, --model-name-or-path MODEL\n  --new_loss [NEW_LOSS], --new-loss [NEW_LOSS]\n  --dataset DATASET\n  --do_train [DO_TRAIN]";
    const file = await program("newer", `${ENV} else console.log(${JSON.stringify(help)});`);
    const engine = llamaFactoryEngine(() => file);
    const check = (config: Record<string, unknown>) =>
      engine
        .check({ model_name_or_path: "m", dataset: "d", do_train: true, ...config })
        .map(({ argument, message }) => ({ argument, message }));
    const unknown = {
      argument: "new_loss",
      message: expect.stringMatching(/^new_loss is not an argument of/) as string,
    };
    expect(check({ new_loss: true })).toEqual([unknown]);
    await engine.detect();
    expect(check({ new_loss: true, executor: "auto", NPROC_PER_NODE: 1 })).toEqual([]);
    expect(check({ new_los: true })[0]?.message).toMatch(/^new_los is not an argument of/);
    expect(check({ lora_rank: 8 })).toEqual([
      {
        argument: "lora_rank",
        message: expect.stringMatching(/^LLaMA-Factory 0\.9\.5 has no argument/) as string,
      },
    ]);
  });

  it("says why it is not there", async () => {
    const missing = await llamaFactoryEngine(() => path.join(folder, "nothing")).detect();
    expect(missing).toMatchObject({ available: false, version: null, program: null });
    expect(missing.reason).toMatch(/no llamafactory-cli at .*Settings/);
    expect(missing.troubles[0]?.mend).toMatch(/pip install llamafactory/);
    const other = await program("other", 'console.log("hello")');
    expect((await llamaFactoryEngine(() => other).detect()).reason).toMatch(/named no version/);
  });

  it("is looked for again when the settings change", async () => {
    const good = await program("good2", ENV);
    let setting: string | null = path.join(folder, "nothing");
    const engine = llamaFactoryEngine(() => setting);
    expect((await engine.detect()).available).toBe(false);
    setting = good;
    expect((await engine.detect()).version).toBe("0.9.5");
  });

  it("is found on PATH, as a file, and in a virtual environment", async () => {
    const file = await program("venv/bin/llamafactory-cli", ENV);
    const environment = path.join(folder, "venv");
    expect(findProgram(null, `/nowhere${path.delimiter}${path.dirname(file)}`)).toBe(file);
    expect(findProgram(null, "/nowhere")).toBeNull();
    expect(findProgram(file)).toBe(file);
    expect(findProgram(environment)).toBe(file);
    expect(findProgram(path.join(environment, "bin"))).toBe(file);
  });

  it.each([
    [
      "torchaudio",
      "RuntimeError: Detected that PyTorch and TorchAudio were compiled with different CUDA versions. PyTorch has CUDA version 13.2 whereas TorchAudio has CUDA version 13.0. Please install the TorchAudio version that matches your PyTorch version.",
      /torchaudio.*CUDA.*13\.0 and 13\.2/,
      /pip install "torch==2\.11/,
    ],
    [
      "module",
      "ModuleNotFoundError: No module named 'rouge_chinese'",
      /rouge_chinese is missing/,
      /install rouge-chinese$/,
    ],
    [
      "version",
      "ImportError: transformers>=4.55.0,<=5.6.0 is required for a normal functioning of this module, but found transformers==5.9.0.\nTo fix: run `pip install transformers>=4.55.0,<=5.6.0` or set `DISABLE_VERSION_CHECK=1` to skip this check.",
      /found transformers==5\.9\.0/,
      /install "transformers>=4\.55\.0,<=5\.6\.0"/,
    ],
    [
      "library",
      "OSError: libcudart.so.13: cannot open shared object file: No such file",
      /libcudart\.so\.13/,
      null,
    ],
    ["strange", "SomethingError: never seen", /SomethingError: never seen/, null],
  ])("names what is broken and how to mend it: %s", async (kind, words, message, mend) => {
    const status = (await inspectProgram(await program(`broken-${kind}`, fails(words)))).status;
    expect(status).toMatchObject({ available: false, version: "0.9.5" });
    expect(status.troubles).toHaveLength(1);
    expect(status.troubles[0]).toMatchObject({ kind });
    expect(status.reason).toMatch(message);
    if (mend) expect(status.troubles[0]!.mend).toMatch(mend);
    else expect(status.troubles[0]!.mend).toBeNull();
  });

  it("knows graphics cards from its own report, and what is missing for a part of its work", async () => {
    const file = await program(
      "cards/bin/llamafactory-cli",
      `if (verb === "env") console.log("- \`llamafactory\` version: 0.9.6\\n- GPU type: NVIDIA H100\\n- GPU number: 2\\n- GPU memory: 79.2GB");`,
    );
    const packages = path.join(folder, "cards/lib/python3.12/site-packages");
    await mkdir(path.join(packages, "deepspeed"), { recursive: true });
    await mkdir(path.join(packages, "nltk"), { recursive: true });
    const { status, modules, hasGpu } = await inspectProgram(file);
    expect(status.devices).toEqual(["NVIDIA H100, 79.2GB", "NVIDIA H100, 79.2GB"]);
    expect(hasGpu).toBe(true);
    expect(modules).toMatchObject({ deepspeed: true, jieba: false, nltk: true });
    expect(status.troubles.map(({ kind }) => kind)).toEqual(["predict", "bitsandbytes"]);
    expect(status.troubles[0]!.mend).toMatch(/install jieba rouge-chinese$/);
  });

  it("is started by argv, told where to log, finds torchrun beside itself, and never gets Tuneboard's own arguments", async () => {
    const file = await program("bin/llamafactory-cli", ENV);
    const engine = llamaFactoryEngine(() => file);
    const command = engine.command({
      kind: "train",
      argsFile: "/h/a b.yaml",
      overrides: ["x=1"],
      runFolder: "/h/run",
      cwd: "/h",
    });
    const { PATH, ...env } = command.env;
    expect(command).toMatchObject({ file, args: ["train", "/h/a b.yaml", "x=1"], cwd: "/h" });
    expect(env).toEqual({ LLAMABOARD_ENABLED: "1", LLAMABOARD_WORKDIR: "/h/run" });
    expect(PATH!.split(path.delimiter)[0]).toBe(path.dirname(file));
    const args = engine.trainArguments({ do_train: true, stage: "sft", executor: "onnx", NNODES: 2 });
    expect(args).toMatchObject({ stage: "sft", report_to: "none", ddp_timeout: 180000000 });
    expect(args).not.toHaveProperty("executor");
    expect(args).not.toHaveProperty("NNODES");
    expect(engine.shownCommand("a.yaml")).toBe("llamafactory-cli train a.yaml");
    expect(engine.command({ kind: "export", argsFile: "e.yaml", cwd: "/h" }).args).toEqual([
      "export",
      "e.yaml",
    ]);
  });

  it("starts several machines and cards as LLaMA-Factory's launcher reads it", () => {
    const engine = llamaFactoryEngine(() => null);
    const config = {
      do_train: true,
      deepspeed: "llamaboard_cache/ds_z3_offload_config.json",
      NNODES: "2",
      NODE_RANK: 1,
      NPROC_PER_NODE: 4,
      MASTER_ADDR: "10.0.0.1",
      MASTER_PORT: 29500,
      CUDA_VISIBLE_DEVICES: "0,1,2,3",
      USE_RAY: false,
    };
    const environment = engine.environment(config);
    expect(environment).toEqual({
      FORCE_TORCHRUN: "1",
      CUDA_VISIBLE_DEVICES: "0,1,2,3",
      NNODES: "2",
      NODE_RANK: "1",
      NPROC_PER_NODE: "4",
      MASTER_ADDR: "10.0.0.1",
      MASTER_PORT: "29500",
    });
    expect(engine.shownCommand("a.yaml", environment)).toBe(
      "FORCE_TORCHRUN=1 CUDA_VISIBLE_DEVICES=0,1,2,3 NNODES=2 NODE_RANK=1 NPROC_PER_NODE=4 MASTER_ADDR=10.0.0.1 MASTER_PORT=29500 llamafactory-cli train a.yaml",
    );
    expect(engine.generatedFiles(config).map(({ file }) => file)).toEqual([
      "llamaboard_cache/ds_z3_offload_config.json",
    ]);
    const ray = { do_train: true, USE_RAY: true, ray_num_workers: 4, ray_init_kwargs: { address: "auto" } };
    expect(engine.environment(ray)).toEqual({ USE_RAY: "1" });
    expect(engine.trainArguments(ray)).toMatchObject({
      ray_num_workers: 4,
      ray_init_kwargs: { address: "auto" },
    });
    // A list of cards with a blank in it stays one word in a terminal.
    expect(engine.shownCommand("a", { CUDA_VISIBLE_DEVICES: "0, 1" })).toMatch(
      /^CUDA_VISIBLE_DEVICES='0, 1' /,
    );
  });

  it("serves a model on a leash: when the console goes, the server goes", async () => {
    const heart = path.join(folder, "alive");
    const file = await program(
      "leashed",
      `setInterval(() => require("fs").writeFileSync(${JSON.stringify(heart)}, String(process.pid)), 20);`,
    );
    const engine = llamaFactoryEngine(() => file);
    const command = engine.command({ kind: "api", argsFile: "a.yaml", port: 1234, cwd: folder });
    expect(command.env).toMatchObject({ API_HOST: "127.0.0.1", API_PORT: "1234" });
    const { spawn } = await import("node:child_process");
    const child = spawn(command.file, command.args, {
      env: { ...process.env, ...command.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const pid = await until(() => readFile(heart, "utf8").catch(() => ""));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });
});

async function until(read: () => Promise<string>): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const text = await read();
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It never came.");
}

describe("tuneboard env", () => {
  it("says the same of LLaMA-Factory, one fact a line", async () => {
    const good = await program("report", ENV);
    expect(await llamaFactoryReport(good)).toBe(
      [
        "- LLaMA-Factory: 0.9.5, ready",
        `- LLaMA-Factory program: ${good}`,
        "- LLaMA-Factory version: 0.9.5",
        "- LLaMA-Factory PyTorch version: 2.14.1+cu130",
        `- LLaMA-Factory devices: CPU, ${os.availableParallelism()} threads`,
      ].join("\n"),
    );
    const broken = await program("broken-report", fails("ModuleNotFoundError: No module named 'trl'"));
    expect(await llamaFactoryReport(broken)).toMatch(
      /package trl is missing[^]*\n- To mend it: pip install trl$/,
    );
    expect(await llamaFactoryReport(path.join(folder, "nothing"))).toMatch(
      /not installed[^]*pip install llamafactory/,
    );
  });
});
