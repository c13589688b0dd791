/**
 * How a prompt and an answer share a limited length, as LLaMA-Factory's `infer_seqlen`: the shorter half is kept whole
 * where it can be, else both give in proportion.
 */
export function shareLength(
  sourceLength: number,
  targetLength: number,
  limit: number,
): { source: number; target: number } {
  let largestTarget: number;
  if (targetLength * 2 < limit) largestTarget = limit;
  else if (sourceLength * 2 < limit) largestTarget = limit - sourceLength;
  else largestTarget = Math.trunc(limit * (targetLength / (sourceLength + targetLength)));
  const target = Math.min(largestTarget, targetLength);
  return { source: Math.min(Math.max(limit - target, 0), sourceLength), target };
}
