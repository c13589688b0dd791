/**
 * Slots that several chat templates share, by the family that made them known. Facts, not code: how each vendor marks
 * its turns (LLaMA-Factory 0.9.5 and later, Apache-2.0).
 */
import { BOS, EOS, type TemplateSpec } from "./template-spec";

export const CHATML = {
  user: "<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n",
  assistant: "{{content}}<|im_end|>\n",
  system: "<|im_start|>system\n{{content}}<|im_end|>\n",
  stopWords: ["<|im_end|>"],
} satisfies TemplateSpec;

export const QWEN = {
  user: "<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n",
  assistant: "{{content}}<|im_end|>\n",
  system: "<|im_start|>system\n{{content}}<|im_end|>\n",
  observation:
    "<|im_start|>user\n<tool_response>\n{{content}}\n</tool_response><|im_end|>\n<|im_start|>assistant\n",
  tools: "qwen",
  stopWords: ["<|im_end|>"],
  replaceEos: true,
} satisfies TemplateSpec;

export const LLAMA3 = {
  user: "<|start_header_id|>user<|end_header_id|>\n\n{{content}}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
  assistant: "{{content}}<|eot_id|>",
  system: "<|start_header_id|>system<|end_header_id|>\n\n{{content}}<|eot_id|>",
  prefix: [BOS],
  observation:
    "<|start_header_id|>ipython<|end_header_id|>\n\n{{content}}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
  tools: "llama3",
  stopWords: ["<|eot_id|>", "<|eom_id|>"],
  replaceEos: true,
} satisfies TemplateSpec;

export const GEMMA = {
  systemInUser: true,
  user: "<start_of_turn>user\n{{content}}<end_of_turn>\n<start_of_turn>model\n",
  assistant: "{{content}}<end_of_turn>\n",
  system: "{{content}}\n\n",
  prefix: [BOS],
  observation: "<start_of_turn>tool\n{{content}}<end_of_turn>\n<start_of_turn>model\n",
  stopWords: ["<end_of_turn>"],
  replaceEos: true,
} satisfies TemplateSpec;

export const GLM = {
  user: "<|user|>\n{{content}}<|assistant|>",
  assistant: "\n{{content}}",
  system: "<|system|>\n{{content}}",
  prefix: "[gMASK]<sop>",
  observation: "<|observation|>\n{{content}}<|assistant|>",
  function: "{{content}}",
  tools: "glm4",
  stopWords: ["<|user|>", "<|observation|>"],
  efficientEos: true,
} satisfies TemplateSpec;

export const MISTRAL = {
  systemInUser: true,
  user: "[INST] {{content}}[/INST]",
  assistant: [" {{content}}", EOS],
  system: "{{content}}\n\n",
  prefix: [BOS],
  observation: '[TOOL_RESULTS] {"content": {{content}}}[/TOOL_RESULTS]',
  function: ["[TOOL_CALLS] {{content}}", EOS],
  tools: "mistral",
} satisfies TemplateSpec;

export const MISTRAL_TEKKEN = {
  systemInUser: true,
  user: "[INST]{{content}}[/INST]",
  system: "{{content}}\n\n",
  prefix: [BOS],
  observation: '[TOOL_RESULTS]{"content": {{content}}}[/TOOL_RESULTS]',
  function: ["[TOOL_CALLS]{{content}}", EOS],
  tools: "mistral",
} satisfies TemplateSpec;

export const PHI = {
  user: "<|user|>\n{{content}}<|end|>\n<|assistant|>\n",
  assistant: "{{content}}<|end|>\n",
  system: "<|system|>\n{{content}}<|end|>\n",
  stopWords: ["<|end|>"],
} satisfies TemplateSpec;

export const GEMMA4 = {
  reasoning: true,
  user: "<|turn>user\n{{content}}<turn|>\n<|turn>model\n",
  assistant: "{{content}}<turn|>\n",
  system: "<|turn>system\n<|think|>{{content}}<turn|>\n",
  prefix: [BOS],
  observation: "<|turn>tool\n{{content}}<turn|>\n<|turn>model\n",
  function: "<|tool>{{content}}<tool|>",
  tools: "gemma4",
  defaultSystem: "You are a helpful assistant.",
  stopWords: ["<turn|>"],
  thoughtWords: ["<|channel>thought\n", "<channel|>"],
  replaceEos: true,
} satisfies TemplateSpec;

export const GRANITE = {
  user: "<|start_of_role|>user<|end_of_role|>{{content}}<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
  assistant: "{{content}}<|end_of_text|>\n",
  system: "<|start_of_role|>system<|end_of_role|>{{content}}<|end_of_text|>\n",
} satisfies TemplateSpec;

export const LLAMA2 = {
  systemInUser: true,
  user: [BOS, "[INST] {{content}} [/INST]"],
  system: "<<SYS>>\n{{content}}\n<</SYS>>\n\n",
} satisfies TemplateSpec;

export const KIMI = {
  user: "<|im_user|>user<|im_middle|>{{content}}<|im_end|><|im_assistant|>assistant<|im_middle|>",
  assistant: "{{content}}<|im_end|>",
  system: "<|im_system|>system<|im_middle|>{{content}}<|im_end|>",
} satisfies TemplateSpec;

export const LFM2 = {
  user: "<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n",
  assistant: "{{content}}<|im_end|>\n",
  system: "<|im_start|>system\n{{content}}<|im_end|>\n",
  observation:
    "<|im_start|>tool\n<|tool_response_start|>{{content}}<|tool_response_end|><|im_end|>\n<|im_start|>assistant\n",
  tools: "lfm2",
  defaultSystem: "You are a helpful AI assistant.",
  stopWords: ["<|im_end|>"],
  toolCallWords: ["<|tool_call_start|>", "<|tool_call_end|>"],
  replaceEos: true,
} satisfies TemplateSpec;
