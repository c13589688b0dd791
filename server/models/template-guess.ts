/**
 * Which of LLaMA-Factory's chat templates writes what a model's own chat template writes, told from its marks. A guess
 * for the form's default; what is chosen there counts.
 */

interface Hint {
  /** All of these texts stand in the model's chat template. */
  readonly marks: readonly string[];
  /** Only for these values of config.json's model_type. */
  readonly families?: readonly string[];
  /** Only where the folder's name fits. */
  readonly name?: RegExp;
  readonly template: string;
}

/** The first that fits counts: special cases before general ones. */
const HINTS: readonly Hint[] = [
  { marks: ["<｜Assistant｜>", "</think>"], template: "deepseekr1" },
  { marks: ["<｜Assistant｜>"], template: "deepseek3" },
  { marks: ["<|im_start|>"], name: /smollm-?2/i, template: "smollm2" },
  { marks: ["<|im_start|>"], name: /smollm/i, template: "smollm" },
  {
    marks: ["<|im_start|>"],
    families: ["qwen3", "qwen3_moe"],
    name: /instruct-2507/i,
    template: "qwen3_nothink",
  },
  { marks: ["<|im_start|>"], families: ["qwen3", "qwen3_moe"], template: "qwen3" },
  { marks: ["<|im_start|>"], families: ["qwen2", "qwen2_moe"], template: "qwen" },
  { marks: ["<|im_start|>user<|im_sep|>"], template: "phi4" },
  { marks: ["<|im_start|>"], families: ["llama"], name: /\byi\b/i, template: "yi" },
  { marks: ["<|im_start|>"], template: "chatml" },
  { marks: ["<|start_header_id|>"], template: "llama3" },
  { marks: ["<|header_start|>"], template: "llama4" },
  { marks: ["<start_of_turn>"], families: ["gemma2"], template: "gemma2" },
  { marks: ["<start_of_turn>"], families: ["gemma3", "gemma3_text"], template: "gemma3" },
  { marks: ["<start_of_turn>"], template: "gemma" },
  { marks: ["<|start_of_role|>"], name: /granite-?4/i, template: "granite4" },
  { marks: ["<|start_of_role|>"], template: "granite3" },
  { marks: ["<|START_OF_TURN_TOKEN|>"], template: "cohere" },
  { marks: ["[INST]", "<<SYS>>"], template: "llama2" },
  {
    marks: ["[INST]"],
    families: ["mistral", "mixtral"],
    name: /small|nemo|2501|2503/i,
    template: "mistral_small",
  },
  { marks: ["[INST]"], template: "mistral" },
  { marks: ["<|end|>", "<|assistant|>"], template: "phi" },
  { marks: ["<|user|>", "<|assistant|>"], families: ["glm4", "glm"], template: "glm4" },
  { marks: ["<|user|>", "<|assistant|>"], families: ["llama", "mistral"], template: "zephyr" },
];

/**
 * @param model what is known of the model: its own chat template ("" where it has none), model_type, folder name
 * @returns a template's name; null where the model has no chat template, or one that none of ours writes
 */
export function guessTemplate(model: {
  chatTemplate: string;
  family: string | null;
  name: string;
}): string | null {
  if (model.chatTemplate === "") return null;
  const fits = (hint: Hint) =>
    hint.marks.every((mark) => model.chatTemplate.includes(mark)) &&
    (!hint.families || (model.family !== null && hint.families.includes(model.family))) &&
    (!hint.name || hint.name.test(model.name));
  return HINTS.find(fits)?.template ?? null;
}
