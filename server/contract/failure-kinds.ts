/**
 * Why training programs end badly: one table of causes for both engines, with the words by which each is told. Pure: how
 * a process ended and what it wrote last in, a cause and the one line that matters out. What to do about a cause is the
 * run page's business (`components/run/failure-advice.ts`).
 */
import { z } from "zod";

/** How a process ended. */
export interface ExitFacts {
  code: number | null;
  signal: string | null;
  /** The system says that it killed the process for want of memory. */
  out_of_memory?: boolean;
}

interface FailureCause {
  readonly kind: string;
  /** What an error line says; the first cause whose words fit wins, so special ones stand before general ones. */
  readonly words?: RegExp;
  /** The words count in any line, not only in those that look like an error. */
  readonly anywhere?: true;
  readonly signals?: readonly string[];
  readonly codes?: readonly number[];
}

const CAUSES = [
  {
    kind: "gpu_memory",
    words:
      /(CUDA|HIP|NPU|MPS)[\w ]* out of memory|OutOfMemoryError|CUBLAS_STATUS_ALLOC_FAILED|cudaErrorMemoryAllocation/i,
    anywhere: true,
  },
  {
    kind: "memory",
    words:
      /out of memory|DefaultCPUAllocator|can't allocate memory|cannot allocate memory|failed to allocate|allocation failed|heap limit|MemoryError|std::bad_alloc|more memory than|failed to map segment from shared object/i,
    anywhere: true,
  },
  {
    kind: "disk",
    words: /no space left|disk (?:is )?full|ENOSPC|quota exceeded|There is no room/i,
    anywhere: true,
  },
  {
    kind: "torchaudio",
    words: /PyTorch and TorchAudio were compiled with different CUDA versions|libtorchaudio/i,
    anywhere: true,
  },
  {
    kind: "deepspeed_missing",
    words: /deepspeed.*(?:not installed|required|No module)|No module named '?deepspeed|install deepspeed/i,
  },
  {
    kind: "dependency",
    words:
      /ModuleNotFoundError|No module named|PackageNotFoundError|requires? the following packages|pip install|ImportError|is required for a normal functioning/i,
  },
  {
    kind: "gated",
    words:
      /gated repo|GatedRepo|401 Client Error|403 Client Error|awaiting a review from the repo|Access to model .* is restricted|must be authenticated/i,
    anywhere: true,
  },
  {
    kind: "hub",
    words:
      /couldn't connect to|offline mode|Max retries exceeded|Name or service not known|getaddrinfo|Connection(?:Error| refused| reset)|LocalEntryNotFound|RepositoryNotFound|not a valid model identifier/i,
    anywhere: true,
  },
  {
    kind: "port",
    words: /address already in use|EADDRINUSE|port \d+ is taken|failed to bind/i,
    anywhere: true,
  },
  {
    kind: "needs_cpu_flag",
    words: /need to assign use_cpu|doesn't support bf16\/gpu|device does not support `pure_bf16`/i,
  },
  {
    kind: "cuda",
    words:
      /no CUDA GPUs are available|CUDA is not available|Torch not compiled with CUDA|Found no NVIDIA driver|CUDA driver|invalid device ordinal|no kernel image is available|libcud\w+\.so|NCCL/i,
  },
  {
    kind: "diverged",
    words: /not a number|\bNaN\b|diverged|loss became|infinite loss|non-?finite/i,
  },
  { kind: "output_exists", words: /Output directory already exists/i },
  {
    kind: "arguments",
    words:
      /not used by the HfArgumentParser|unrecognized arguments|is not an argument of|invalid choice|HfArgumentParser|Please (?:use|specify|enable|launch|make sure)|cannot be set as True|is incompatible with|is only (?:compatible|valid)|is not valid\./i,
  },
  {
    kind: "remote_code",
    words: /contains custom code which must be executed|requires you to execute the \w+ file/i,
  },
  {
    kind: "template",
    words:
      /template[^.]*(?:does not exist|not found|no chat template|mismatch|does not fit|lacks)|Template .* does not|(?:chat )?template named|special token .* (?:missing|not in)|template that belongs to the model/i,
  },
  {
    kind: "column",
    words:
      /KeyError|\bcolumns?\b.*(?:not|missing|unknown|no )|no column|Invalid role tag|Column name|has no field/i,
  },
  {
    kind: "dataset",
    words:
      /Cannot open .*dataset_info|Undefined dataset|\bdataset\b.*(?:not found|undefined|malformed|no rows|is empty|is not)|JSONDecodeError|ArrowInvalid|DatasetGeneration|Empty (?:train )?dataset|is not (?:valid )?JSON/i,
  },
  {
    kind: "weights",
    words:
      /size mismatch|safetensors|SafetensorError|Error\(s\) in loading state_dict|header|truncated|cut short|shard/i,
  },
  {
    kind: "missing_file",
    words: /no such file|FileNotFoundError|ENOENT|does not exist|is missing|file not found|not found/i,
  },
  { kind: "unsupported", words: /not supported|is not implemented|NotImplementedError|unsupported/i },
  {
    kind: "killed",
    words: /^Killed$|exit code 137|\bSIGKILL\b/,
    anywhere: true,
    signals: ["SIGKILL"],
    codes: [137],
  },
  {
    kind: "crashed",
    signals: ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"],
    codes: [134, 136, 138, 139],
  },
  { kind: "not_started", codes: [126, 127] },
] as const satisfies readonly FailureCause[];

export const FAILURE_KINDS = [...CAUSES.map(({ kind }) => kind), "silent", "interrupted", "other"] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

export const failureSchema = z.object({
  kind: z.enum(FAILURE_KINDS),
  /** The one line of the output that tells the cause; null where it wrote none. */
  line: z.string().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Python exceptions, the embedded trainer's "Error: …", an engine's own error log line. */
const ERROR_LINE =
  /^(?:\[rank\d+\]:\s*)?(?:\w+(?:\.\w+)*(?:Error|Exception|Interrupt|Exit|Warning)\b.*|(?:fatal )?error: .+|\[ERROR\|.*|Killed|KeyError.*)$/i;
/** Stack frames, progress bars, what torchrun adds when a worker has died, what we wrote. */
const NOISE =
  /^(\s*at .+|\s*File ".+|Traceback .+|\s*[\^~]+\s*|Node\.js v.+|\s*\d+%\|.*|.*torch\.distributed\.elastic.*|.*ChildFailedError.*|subprocess\.CalledProcessError.*|Command '\[.*|\[W\d+.*|={8,}|-{8,}|\[INFO\|\S+ tuneboard >>.*|Root Cause.*|<NO_OTHER_FAILURES>|\s*(?:time|host|rank|exitcode|error_file|traceback)\s*:.*|E\d{4} .*)$/;
const LONGEST_LINE = 400;

/**
 * The cause of a bad end.
 * @param exit null where nobody saw how the process ended
 * @param output the last kilobytes of what it wrote
 */
export function failureOf(exit: ExitFacts | null, output: string): Failure {
  const lines = outputLines(output);
  const errors = lines.filter(isErrorLine).reverse();
  for (const line of errors) {
    const cause = CAUSES.find((each: FailureCause) => each.words?.test(line));
    if (cause) return { kind: cause.kind, line: shortened(line) };
  }
  for (const line of [...lines].reverse()) {
    const cause = CAUSES.find((each: FailureCause) => each.anywhere && each.words?.test(line));
    if (cause) return { kind: cause.kind, line: shortened(line) };
  }
  const line = errors[0] ?? lines.at(-1) ?? null;
  return { kind: exitKind(exit, line), line: line === null ? null : shortened(line) };
}

/** Whether a line of output looks like an error. */
export function isErrorLine(line: string): boolean {
  return ERROR_LINE.test(line);
}

/** The lines of an output that say something: no stack frames, no progress bars. */
export function outputLines(output: string): string[] {
  return output
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !NOISE.test(line));
}

function exitKind(exit: ExitFacts | null, line: string | null): FailureKind {
  if (exit?.out_of_memory) return "memory";
  const cause = CAUSES.find(
    (each: FailureCause) =>
      (exit?.signal && each.signals?.includes(exit.signal)) ||
      (exit?.code != null && each.codes?.includes(exit.code)),
  );
  if (cause) return cause.kind;
  return line === null && exit !== null ? "silent" : "other";
}

function shortened(line: string): string {
  return line.slice(0, LONGEST_LINE);
}
