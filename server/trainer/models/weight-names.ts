/** Names of tensors that checkpoints do not have: what stands beside a quantised weight. */

/** Name of the scales of a linear's int8 weight. */
export function scaleName(weightName: string): string {
  return `${weightName}_scale`;
}

/** Name of the int8 copy of an output matrix that stays float32. */
export function roundedName(weightName: string): string {
  return `${weightName}_rounded`;
}
