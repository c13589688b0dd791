/**
 * What can be wrong with a Python environment that LLaMA-Factory is installed in, told from what its command says when
 * it is really started, and how each is mended. Texts in, troubles out; it starts nothing.
 */
import type { EngineTrouble } from "@/server/contract/api";

interface Fault {
  kind: string;
  words: RegExp;
  message: (match: RegExpExecArray) => string;
  /** @param pip how to call this environment's pip */
  mend: (match: RegExpExecArray, pip: string) => string | null;
}

/** Special faults before general ones. */
const FAULTS: readonly Fault[] = [
  {
    kind: "torchaudio",
    words:
      /TorchAudio were compiled[^]*?PyTorch has CUDA version (\S+) whereas TorchAudio has CUDA version (\d+\.\d+)|TorchAudio were compiled|libtorchaudio\S*\.so/,
    message: ([, torch, audio]) =>
      `torchaudio and torch in this environment were built for different CUDA versions${
        torch && audio ? ` (${audio} and ${torch})` : ""
      }, so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.`,
    mend: (_match, pip) => `${pip} install "torch==2.11.*" "torchvision==0.26.*" "torchaudio==2.11.*"`,
  },
  {
    kind: "torchvision",
    words: /operator torchvision::nms does not exist|torchvision.*(?:incompatible|partially initialized)/,
    message: () => "torchvision and torch in this environment do not belong together.",
    mend: (_match, pip) => `${pip} install --upgrade torch torchvision torchaudio`,
  },
  {
    kind: "version",
    words:
      /ImportError: (\S+ is required for a normal functioning of this module, but found \S+?)\.?\s+(?:To fix: run `pip install ([^`]+)`)?/,
    message: ([, what]) => `A package has a version that LLaMA-Factory does not take: ${what}.`,
    mend: ([, , wanted], pip) => (wanted ? `${pip} install "${wanted}"` : null),
  },
  {
    kind: "module",
    words: /ModuleNotFoundError: No module named '([\w.]+)'/,
    message: ([, module]) => `The Python package ${module} is missing.`,
    mend: ([, module], pip) => (module ? `${pip} install ${packageOf(module)}` : null),
  },
  {
    kind: "numpy",
    words: /numpy\.dtype size changed|A module that was compiled using NumPy 1\.x cannot be run in\s+NumPy 2/,
    message: () => "A package in this environment was built for another version of numpy.",
    mend: (_match, pip) => `${pip} install "numpy<2"`,
  },
  {
    kind: "library",
    words: /(?:OSError|ImportError): (\S+\.so\S*): cannot open shared object file/,
    message: ([, library]) => `The system library ${library} cannot be found.`,
    mend: () => null,
  },
  {
    kind: "memory",
    words: /MemoryError|Cannot allocate memory/,
    message: () => "There was too little memory to start Python.",
    mend: () => null,
  },
];

/** Names under which packages are installed, where they are not those of their modules. */
const PACKAGES: Readonly<Record<string, string>> = {
  rouge_chinese: "rouge-chinese",
  yaml: "pyyaml",
  PIL: "pillow",
  sklearn: "scikit-learn",
  flash_attn: "flash-attn",
  llamafactory: "llamafactory",
};

/** The package to install for a module. */
export function packageOf(module: string): string {
  const top = module.split(".")[0]!;
  return PACKAGES[top] ?? top;
}

/**
 * The fault that an output tells of; null where none is known.
 * @param pip how to call this environment's pip
 */
export function environmentFault(output: string, pip: string): EngineTrouble | null {
  for (const { kind, words, message, mend } of FAULTS) {
    const match = words.exec(output);
    if (match) return { kind, message: message(match), mend: mend(match, pip) };
  }
  return null;
}

/** Packages that only some of LLaMA-Factory's work needs, and what that work is. */
const OPTIONAL: readonly { kind: string; modules: readonly string[]; without: string }[] = [
  {
    kind: "predict",
    modules: ["jieba", "nltk", "rouge_chinese"],
    without: "Predictions (do_predict) need packages that pip does not bring along",
  },
  {
    kind: "deepspeed",
    modules: ["deepspeed"],
    without: "DeepSpeed is not installed; ZeRO-2 and ZeRO-3 need it",
  },
  {
    kind: "bitsandbytes",
    modules: ["bitsandbytes"],
    without: "Quantised bases (quantization_bit 4 and 8) need bitsandbytes",
  },
];

/**
 * What is missing for a part of the work.
 * @param modules whether each module is there; those that are not named are not known
 */
export function optionalTroubles(modules: Readonly<Record<string, boolean>>, pip: string): EngineTrouble[] {
  return OPTIONAL.flatMap(({ kind, modules: needed, without }) => {
    const missing = needed.filter((module) => modules[module] === false);
    if (missing.length === 0) return [];
    const packages = missing.map(packageOf);
    return [
      {
        kind,
        message: needed.length > 1 ? `${without}: ${packages.join(", ")}.` : `${without}.`,
        mend: `${pip} install ${packages.join(" ")}`,
      },
    ];
  });
}

/** Modules whose presence decides what can be done. */
export const WATCHED_MODULES = [
  ...OPTIONAL.flatMap(({ modules }) => modules),
  "ray",
  "unsloth",
  "liger_kernel",
  "flash_attn",
  "vllm",
  "galore_torch",
  "apollo_torch",
  "badam",
  "swanlab",
] as const;
