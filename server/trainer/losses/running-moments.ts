/**
 * Mean and spread of all scores so far, as trl's RunningMoments keeps them for `use_score_scaling` and `use_score_norm`.
 * https://github.com/huggingface/trl/blob/v0.9.6/trl/trainer/utils.py
 */

export interface RunningMoments {
  scoreMean: number;
  /** Of the whole population, which later scores are added to. */
  scoreVariance: number;
  /** Of a sample, which scores are divided by. */
  scoreDeviation: number;
  scoreCount: number;
}

/** Before the first score. The count is so small that what it stands for does not count. */
export const FIRST_MOMENTS: Readonly<RunningMoments> = {
  scoreMean: 0,
  scoreVariance: 1,
  scoreDeviation: 1,
  scoreCount: 1e-24,
};

/** PyTorch's smallest step above 1 in float32: keeps equal scores from being divided by nothing. */
const EPSILON = 2 ** -23;

/** The moments with a step's scores, of which there is at least one. */
export function withScores(moments: RunningMoments, scores: readonly number[]): RunningMoments {
  const count = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / count;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / count;
  const delta = mean - moments.scoreMean;
  const total = moments.scoreCount + count;
  const spread =
    variance * count +
    moments.scoreVariance * moments.scoreCount +
    (delta ** 2 * moments.scoreCount * count) / total;
  return {
    scoreMean: moments.scoreMean + (delta * count) / total,
    scoreVariance: spread / total,
    // One score alone has no spread; trl divides by zero there.
    scoreDeviation: total > 1 ? Math.sqrt(spread / (total - 1)) : 1,
    scoreCount: total,
  };
}

/** A score in deviations from the mean. */
export function normalised(score: number, { scoreMean, scoreDeviation }: RunningMoments): number {
  return (score - scoreMean) / (scoreDeviation + EPSILON);
}
