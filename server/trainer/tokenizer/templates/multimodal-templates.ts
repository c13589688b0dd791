/**
 * Chat templates of models that also read images, video or sound; Tuneboard trains their text only, as a data table by LLaMA-Factory's names. A key that is left out has the default that
 * template-spec.ts names.
 */
import {
  CHATML,
  GEMMA,
  GEMMA4,
  GLM,
  KIMI,
  LFM2,
  LLAMA3,
  MISTRAL,
  MISTRAL_TEKKEN,
  QWEN,
} from "./shared-formats";
import { BOS, type TemplateSpec } from "./template-spec";

export const MULTIMODAL_TEMPLATES: Readonly<Record<string, TemplateSpec>> = {
  dots_ocr: {
    user: "<|user|>{{content}}<|endofuser|><|assistant|>",
    assistant: "{{content}}<|endofassistant|>",
    system: "<|system|>{{content}}<|endofsystem|>\n",
    stopWords: ["<|endofassistant|>"],
    efficientEos: true,
  },
  ernie_vl: {
    reasoning: true,
    user: "User: {{content}}",
    assistant: "\nAssistant: {{content}}<|end_of_sentence|>",
    system: "{{content}}\n",
    stopWords: ["<|end_of_sentence|>"],
    replaceEos: true,
    replaceJinja: true,
  },
  gemma3: { ...GEMMA },
  gemma3n: { ...GEMMA },
  gemma4: { ...GEMMA4 },
  gemma4n: { ...GEMMA4 },
  glm4_5v: {
    ...GLM,
    reasoning: true,
    tools: "glm4_moe",
    stopWords: ["<|user|>", "<|observation|>", "</answer>"],
  },
  glm4v: { ...GLM, reasoning: true, stopWords: ["<|user|>", "<|observation|>", "</answer>"] },
  glm_ocr: { ...GLM },
  granite3_vision: {
    user: "<|user|>\n{{content}}\n<|assistant|>\n",
    system: "<|system|>\n{{content}}\n",
    defaultSystem:
      "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
  },
  intern_s1: { ...CHATML, prefix: [BOS] },
  intern_vl: {
    ...CHATML,
    prefix: [BOS],
    defaultSystem:
      "你是书生·万象，英文名是InternVL，是由上海人工智能实验室、清华大学及多家合作单位联合开发的多模态大语言模型。",
  },
  keye_vl: { ...QWEN, reasoning: true },
  kimi_vl: {
    ...KIMI,
    reasoning: true,
    defaultSystem: "You are a helpful assistant",
    stopWords: ["<|im_end|>"],
    thoughtWords: ["◁think▷", "◁/think▷"],
  },
  lfm2_vl: { ...LFM2, defaultSystem: "You are a helpful multimodal assistant by Liquid AI." },
  llama4: {
    user: "<|header_start|>user<|header_end|>\n\n{{content}}<|eot|><|header_start|>assistant<|header_end|>\n\n",
    assistant: "{{content}}<|eot|>",
    system: "<|header_start|>system<|header_end|>\n\n{{content}}<|eot|>",
    prefix: [BOS],
    observation:
      "<|header_start|>ipython<|header_end|>\n\n{{content}}<|eot|><|header_start|>assistant<|header_end|>\n\n",
    tools: "llama3",
    stopWords: ["<|eot|>", "<|eom|>"],
    replaceEos: true,
  },
  llava: {
    user: "USER: {{content}} ASSISTANT:",
    defaultSystem:
      "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
  },
  llava_next: {
    user: "USER: {{content}} ASSISTANT:",
    defaultSystem:
      "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
  },
  llava_next_llama3: { ...LLAMA3 },
  llava_next_mistral: { ...MISTRAL },
  llava_next_qwen: { ...QWEN, defaultSystem: "You are a helpful assistant." },
  llava_next_video: {
    user: "USER: {{content}} ASSISTANT:",
    defaultSystem:
      "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
  },
  llava_next_video_mistral: { ...MISTRAL },
  llava_next_video_yi: { ...CHATML },
  llava_next_yi: { ...CHATML },
  mimo_vl: { ...QWEN, reasoning: true, defaultSystem: "You are MiMo, an AI assistant developed by Xiaomi." },
  minicpm_o: {
    ...CHATML,
    defaultSystem:
      "You are a helpful assistant. You can accept audio and text input and output voice and text.",
  },
  minicpm_v: { ...CHATML, defaultSystem: "You are a helpful assistant." },
  minicpm_v_4_6: { ...CHATML, defaultSystem: "You are a helpful assistant." },
  ministral3: { ...MISTRAL_TEKKEN },
  mllama: { ...LLAMA3 },
  paligemma: { systemInUser: true, user: "{{content}}\n", prefix: [BOS] },
  paligemma_chat: {
    systemInUser: true,
    user: "<start_of_turn>user\n{{content}}<end_of_turn>\n<start_of_turn>model\n",
    assistant: "{{content}}<end_of_turn>\n",
    prefix: [BOS],
    observation: "<start_of_turn>tool\n{{content}}<end_of_turn>\n<start_of_turn>model\n",
    stopWords: ["<end_of_turn>"],
    replaceEos: true,
  },
  pixtral: { ...MISTRAL_TEKKEN },
  qwen2_audio: { ...CHATML, defaultSystem: "You are a helpful assistant.", replaceEos: true },
  qwen2_omni: { ...QWEN, defaultSystem: "You are a helpful assistant." },
  qwen2_vl: { ...QWEN, defaultSystem: "You are a helpful assistant." },
  qwen3_5: { ...QWEN, reasoning: true, tools: "qwen3_5" },
  qwen3_5_nothink: { ...QWEN, tools: "qwen3_5" },
  qwen3_6: { ...QWEN, reasoning: true, tools: "qwen3_5" },
  qwen3_omni: { ...QWEN, reasoning: true },
  qwen3_omni_nothink: { ...QWEN },
  qwen3_vl: { ...QWEN, reasoning: true },
  qwen3_vl_nothink: { ...QWEN },
  video_llava: {
    user: "USER: {{content}} ASSISTANT:",
    defaultSystem:
      "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
  },
  yi_vl: {
    user: "### Human: {{content}}\n### Assistant:",
    assistant: "{{content}}\n",
    defaultSystem:
      "This is a chat between an inquisitive human and an AI assistant. Assume the role of the AI assistant. Read all the images carefully, and respond to the human's questions with informative, helpful, detailed and polite answers. 这是一个好奇的人类和一个人工智能助手之间的对话。假设你扮演这个AI助手的角色。仔细阅读所有的图像，并对人类的问题做出信息丰富、有帮助、详细的和礼貌的回答。\n\n",
    stopWords: ["###"],
    efficientEos: true,
  },
  youtu_vl: {
    user: "<|begin_of_text|>user\n{{content}}<|end_of_text|>\n<|begin_of_text|>assistant\n",
    assistant: "{{content}}<|end_of_text|>\n",
    system: "<|begin_of_text|>system\n{{content}}<|end_of_text|>\n",
    defaultSystem: "You are a helpful assistant.",
    stopWords: ["<|end_of_text|>"],
  },
};
