/** The architectures that the embedded trainer has, by config.json's names; a test holds it against the trainer's own registry. */
export const EMBEDDED_FAMILIES: readonly { readonly modelType: string; readonly architecture: string }[] = [
  { modelType: "llama", architecture: "LlamaForCausalLM" },
  { modelType: "mistral", architecture: "MistralForCausalLM" },
  { modelType: "qwen2", architecture: "Qwen2ForCausalLM" },
  { modelType: "qwen3", architecture: "Qwen3ForCausalLM" },
  { modelType: "qwen3_moe", architecture: "Qwen3MoeForCausalLM" },
  { modelType: "gemma", architecture: "GemmaForCausalLM" },
  { modelType: "gemma2", architecture: "Gemma2ForCausalLM" },
  { modelType: "gemma3_text", architecture: "Gemma3ForCausalLM" },
  { modelType: "phi", architecture: "PhiForCausalLM" },
  { modelType: "phi3", architecture: "Phi3ForCausalLM" },
  { modelType: "gpt2", architecture: "GPT2LMHeadModel" },
  { modelType: "smollm3", architecture: "SmolLM3ForCausalLM" },
  { modelType: "olmo2", architecture: "Olmo2ForCausalLM" },
  { modelType: "granite", architecture: "GraniteForCausalLM" },
  { modelType: "cohere", architecture: "CohereForCausalLM" },
  { modelType: "glm4", architecture: "Glm4ForCausalLM" },
];
