/**
 * The ways in which models are told about tools and call them, by LLaMA-Factory's names (`tool_format`).
 */
import type { ToolFormat } from "./tool-formats/tool-format";
import { defaultFormat } from "./tool-formats/default-format";
import { gemma4 } from "./tool-formats/gemma4-format";
import { glm4, ling, llama3, minimax1, mistral, qwen } from "./tool-formats/json-formats";
import { lfm2 } from "./tool-formats/lfm2-format";
import { glm4Moe, minimax2, qwen35, seedOss } from "./tool-formats/xml-formats";

export const TOOL_FORMATS = {
  default: defaultFormat,
  gemma4,
  glm4,
  llama3,
  lfm2,
  minimax1,
  minimax2,
  mistral,
  qwen,
  qwen3_5: qwen35,
  glm4_moe: glm4Moe,
  seed_oss: seedOss,
  ling,
} as const satisfies Record<string, ToolFormat>;

export type ToolFormatName = keyof typeof TOOL_FORMATS;
export type { FunctionCall, ToolFormat } from "./tool-formats/tool-format";
