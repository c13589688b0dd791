/**
 * Chat templates of text models that think before they answer, as a data table by LLaMA-Factory's names. A key that is left out has the default that
 * template-spec.ts names.
 */
import { GLM, QWEN } from "./shared-formats";
import { BOS, EOS, type TemplateSpec } from "./template-spec";

export const REASONING_TEMPLATES: Readonly<Record<string, TemplateSpec>> = {
  aeva: {
    ...GLM,
    reasoning: true,
    emptyThought: "close",
    tools: "glm4_moe",
    defaultSystem:
      "You are an AI assistant named Aeva created by Zongzhi Lou. Your answer should be friendly, unbiased, faithful, informative and detailed.",
    thoughtWords: ["<think>", "</think>"],
  },
  deepseekr1: { reasoning: true, user: "<｜User｜>{{content}}<｜Assistant｜>", prefix: [BOS] },
  glm4_7: {
    ...GLM,
    reasoning: true,
    emptyThought: "close",
    tools: "glm4_moe",
    thoughtWords: ["<think>", "</think>"],
  },
  glm4_moe: { ...GLM, reasoning: true, tools: "glm4_moe" },
  glmz1: { ...GLM, reasoning: true },
  gpt_oss: {
    reasoning: true,
    user: "<|start|>user<|message|>{{content}}<|end|><|start|>assistant",
    system: "<|start|>system<|message|>{{content}}<|end|>",
    defaultSystem: "You are ChatGPT, a large language model trained by OpenAI.",
    thoughtWords: ["<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"],
    efficientEos: true,
  },
  hy3: {
    reasoning: true,
    user: "<｜hy_User｜>{{content}}<｜hy_Assistant｜>",
    assistant: "{{content}}<｜hy_eos｜>",
    prefix: [BOS],
    stopWords: ["<｜hy_eos｜>"],
    thoughtWords: ["<think>", "</think>"],
    replaceEos: true,
  },
  mimo: { ...QWEN, reasoning: true, defaultSystem: "You are a helpful assistant." },
  mimo_v2: {
    ...QWEN,
    reasoning: true,
    defaultSystem: "You are MiMo, a helpful AI assistant engineered by Xiaomi.",
    thoughtWords: ["<think>", "</think>"],
  },
  minimax2: {
    reasoning: true,
    user: "]~b]user\n{{content}}[e~[\n]~b]ai\n",
    assistant: "{{content}}[e~[\n",
    system: "]~!b[]~b]system\n{{content}}[e~[\n",
    observation: "]~b]tool\n<response>{{content}}</response>[e~[\n]~b]ai\n",
    tools: "minimax2",
    defaultSystem: "You are a helpful assistant. Your name is MiniMax-M2.1 and is built by MiniMax.",
    stopWords: ["[e~["],
  },
  qwen3: { ...QWEN, reasoning: true },
  seed_oss: {
    reasoning: true,
    user: [BOS, "user\n{{content}}", EOS, BOS, "assistant\n"],
    system: [BOS, "system\n{{content}}", EOS],
    function: [BOS, "\n{{content}}", EOS],
    tools: "seed_oss",
    thoughtWords: ["<seed:think>", "</seed:think>"],
  },
  youtu: {
    reasoning: true,
    user: "<|User|>{{content}}<|Assistant|>",
    assistant: "{{content}}<|end_of_text|>",
    prefix: [BOS],
    observation: "<tool_response>\n{{content}}\n</tool_response><|Assistant|>",
    function: "{{content}}",
    stopWords: ["<|end_of_text|>"],
    replaceEos: true,
  },
};
