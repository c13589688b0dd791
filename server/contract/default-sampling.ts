/** How answers are drawn where nobody chooses: greedy and seeded, so that what differs is the training. */
export const DEFAULT_SAMPLING = {
  temperature: 0,
  top_p: 1,
  top_k: 0,
  repetition_penalty: 1,
  max_tokens: 256,
  seed: 42,
};
