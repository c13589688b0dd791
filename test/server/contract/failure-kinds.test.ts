/** The causes of bad ends, told from the words of LLaMA-Factory 0.9.5 (really provoked), of torch, and of our trainer. */
import { describe, expect, it } from "vitest";
import { failureOf, FAILURE_KINDS } from "@/server/contract/failure-kinds";

const traceback = (words: string) =>
  `[INFO|configuration_utils.py:769] 2026-11-24 10:43:00,243 >> loading configuration file models/tiny/config.json\nTraceback (most recent call last):\n  File "/v/lib/python3.11/site-packages/llamafactory/launcher.py", line 157, in launch\n    run_exp()\n    ^^^^^^^^^\n${words}\n`;

describe("the cause of a failure", () => {
  it.each([
    [
      "gpu_memory",
      "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.6 GiB",
    ],
    ["gpu_memory", "[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB."],
    [
      "memory",
      "RuntimeError: [enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes. Error code 12 (Cannot allocate memory)",
    ],
    ["memory", "MemoryError"],
    [
      "memory",
      "Error: Memory ran out. Use a smaller per_device_train_batch_size (with more gradient_accumulation_steps), a smaller cutoff_len, or a smaller model. (Failed to allocate memory for requested buffer of size 9296052224)",
    ],
    ["disk", "OSError: [Errno 28] No space left on device"],
    [
      "disk",
      "Error: saves/a/checkpoint-10/adapter_model.safetensors: the disk is full. Free some space (old checkpoints are the largest files), then resume from the last checkpoint.",
    ],
    [
      "torchaudio",
      "RuntimeError: Detected that PyTorch and TorchAudio were compiled with different CUDA versions. PyTorch has CUDA version 13.2 whereas TorchAudio has CUDA version 13.0.",
    ],
    ["deepspeed_missing", "ModuleNotFoundError: No module named 'deepspeed'"],
    [
      "deepspeed_missing",
      "ImportError: Using the `Trainer` with `deepspeed` requires deepspeed to be installed: pip install deepspeed",
    ],
    ["dependency", "ModuleNotFoundError: No module named 'jieba'"],
    ["memory", "ImportError: libxcb-5ddf6756.so.1.1.0: failed to map segment from shared object"],
    [
      "dependency",
      "ImportError: bitsandbytes>=0.37.0 is required for a normal functioning of this module, but found no bitsandbytes",
    ],
    [
      "dependency",
      "ImportError: trl>=0.8.6,<=0.9.6 is required for a normal functioning of this module, but found trl==0.24.0.",
    ],
    [
      "gated",
      "huggingface_hub.errors.GatedRepoError: 401 Client Error. Access to model meta-llama/Llama-3.2-1B is restricted.",
    ],
    [
      "hub",
      "OSError: We couldn't connect to 'https://huggingface.co' to load the files, and couldn't find them in the cached files.",
    ],
    [
      "hub",
      "OSError: models/nothing is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
    ],
    [
      "port",
      "torch.distributed.DistNetworkError: The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use).",
    ],
    [
      "needs_cpu_flag",
      "ValueError: Your setup doesn't support bf16/gpu. You need to assign use_cpu if you want to train the model on CPU.",
    ],
    ["needs_cpu_flag", "ValueError: This device does not support `pure_bf16`."],
    [
      "remote_code",
      "ValueError: The repository models/mine contains custom code which must be executed to correctly load the model. You can inspect the repository content at https://hf.co/models/mine. Please pass the argument `trust_remote_code=True` to allow custom code to be run.",
    ],
    ["cuda", "RuntimeError: Found no NVIDIA driver on your system."],
    ["cuda", "AssertionError: Torch not compiled with CUDA enabled"],
    [
      "diverged",
      "Error: Training diverged at step 90: the loss is not a number (learning rate 0.1). Lower learning_rate, add warmup_steps, or set max_grad_norm to 1.0 or less; then start again or resume from the last checkpoint.",
    ],
    [
      "output_exists",
      "ValueError: Output directory already exists and is not empty. Please set `overwrite_output_dir`.",
    ],
    [
      "arguments",
      "ValueError: Some specified arguments are not used by the HfArgumentParser: ['--learning_rat', '1']",
    ],
    ["arguments", "ValueError: Please use `FORCE_TORCHRUN=1` to launch DeepSpeed training."],
    ["template", "ValueError: Template qwenn does not exist."],
    [
      "template",
      "Error: template: llama3 uses the token <|eot_id|>, which models/tiny has no embedding for. Choose the template that belongs to the model.",
    ],
    ["column", "KeyError: 'frage'"],
    [
      "column",
      'Error: data/a.json, row 3, has no column "output", which is its answer. Columns present: instruction. Add it, or name the right one under "columns" in data/dataset_info.json.',
    ],
    ["dataset", "ValueError: Undefined dataset nope in dataset_info.json."],
    ["dataset", "datasets.exceptions.DatasetGenerationError: An error occurred while generating the dataset"],
    [
      "weights",
      "safetensors._safetensors_rust.SafetensorError: Error while deserializing header: incomplete metadata, file not fully covered",
    ],
    [
      "weights",
      "RuntimeError: Error(s) in loading state_dict for Qwen2ForCausalLM: size mismatch for model.embed_tokens.weight",
    ],
    ["missing_file", "ValueError: File data/none.json not found."],
    ["missing_file", "FileNotFoundError: [Errno 2] No such file or directory: 'torchrun'"],
    ["unsupported", "NotImplementedError: Evaluation will be deprecated in the future."],
  ])("%s: %s", (kind, words) => {
    expect(failureOf({ code: 1, signal: null }, traceback(words))).toEqual({ kind, line: words });
  });

  it("is the first exception's where the last one only says that something failed", () => {
    const output = traceback(
      "OSError: models/nothing is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\nOSError: Failed to load tokenizer.",
    );
    expect(failureOf({ code: 1, signal: null }, output)).toMatchObject({
      kind: "hub",
      line: expect.stringContaining("models/nothing") as string,
    });
  });

  it("is the worker's, not torchrun's", () => {
    const output = `${traceback("[rank1]: torch.OutOfMemoryError: CUDA out of memory.")}
E1124 10:00:00.000000 123 torch/distributed/elastic/multiprocessing/api.py:874] failed (exitcode: 1) local_rank: 1
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
Root Cause (first observed failure):
  time      : 2026-11-24_10:00:00
  exitcode  : 1 (pid: 124)
============================================================
Traceback (most recent call last):
subprocess.CalledProcessError: Command '['torchrun', '--nnodes', '1']' returned non-zero exit status 1.
`;
    expect(failureOf({ code: 1, signal: null }, output)).toEqual({
      kind: "gpu_memory",
      line: "[rank1]: torch.OutOfMemoryError: CUDA out of memory.",
    });
  });

  it("is how the process ended where it said nothing that tells", () => {
    expect(failureOf({ code: null, signal: "SIGKILL" }, "step 1\n")).toEqual({
      kind: "killed",
      line: "step 1",
    });
    expect(failureOf({ code: 137, signal: null }, "")).toEqual({ kind: "killed", line: null });
    expect(failureOf({ code: null, signal: "SIGKILL", out_of_memory: true }, "")).toMatchObject({
      kind: "memory",
    });
    expect(failureOf({ code: null, signal: "SIGSEGV" }, "")).toMatchObject({ kind: "crashed" });
    expect(failureOf({ code: 134, signal: null }, "")).toMatchObject({ kind: "crashed" });
    expect(failureOf({ code: 127, signal: null }, "")).toMatchObject({ kind: "not_started" });
    expect(failureOf({ code: 0, signal: null }, " 17%|█▋        | 1/6 [00:00<00:01]\n")).toEqual({
      kind: "silent",
      line: null,
    });
    expect(failureOf(null, "")).toEqual({ kind: "other", line: null });
    expect(failureOf({ code: 1, signal: null }, "Something odd\n")).toEqual({
      kind: "other",
      line: "Something odd",
    });
  });

  it("is not read into lines that only mention a word", () => {
    const calm =
      "[INFO|template.py:1] >> chat template saved in saves/a/chat_template.jinja\nsize mismatch is fine here\n";
    expect(failureOf({ code: 1, signal: null }, calm).kind).toBe("other");
    // What we wrote ourselves is not the program's word.
    expect(
      failureOf({ code: 0, signal: null }, "[INFO|2026-11-24T10:00:00Z] tuneboard >> Embedded: it does.\n"),
    ).toEqual({
      kind: "silent",
      line: null,
    });
  });

  it("has no kind twice, and keeps lines short", () => {
    expect(new Set(FAILURE_KINDS).size).toBe(FAILURE_KINDS.length);
    expect(
      failureOf({ code: 1, signal: null }, `Error: ${"x".repeat(5000)}`).line!.length,
    ).toBeLessThanOrEqual(400);
  });
});
