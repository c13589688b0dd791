/** The architectures that the embedded trainer has, by config.json's names; a test holds it against the trainer's own registry. */
export const EMBEDDED_FAMILIES: readonly { readonly modelType: string; readonly architecture: string }[] = [
  { modelType: "llama", architecture: "LlamaForCausalLM" },
  { modelType: "mistral", architecture: "MistralForCausalLM" },
  { modelType: "qwen2", architecture: "Qwen2ForCausalLM" },
];
