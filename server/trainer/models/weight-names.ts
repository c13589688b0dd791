/** Names of tensors that checkpoints do not have: what stands beside a quantised weight. */

/** Name of the scales of a linear's int8 weight. */
export function scaleName(weightName: string): string {
  return `${weightName}_scale`;
}
