/**
 * Stage ppo: answers that the model gives itself, scored by a reward model, and made likelier or less likely by it. A
 * step of training is a round of answers and several passes over them.
 */
import { plainExample, type PromptExample } from "../data/encoded-example";
import { PROMPTS } from "../data/example-kinds";
import { loadPrompts } from "../data/load-examples";
import {
  advantagesOf,
  FIRST_KL_COEFFICIENT,
  meanDivergence,
  nextKlCoefficient,
  proximalLoss,
  tokenRewards,
} from "../losses/proximal-policy";
import { FIRST_MOMENTS, normalised, withScores, type RunningMoments } from "../losses/running-moments";
import type { TokenBatch } from "../models/causal-lm";
import type { ValueModel } from "../models/value-head";
import { samplingOf, stopIds } from "../predict/model-choice";
import { announceData } from "./announce-data";
import { labelCounts, stackRows, tokensOf } from "./answer-logps";
import { vocabularyCheck } from "./check-vocabulary";
import { openReference, type ReferenceLosses } from "./reference";
import { lastPositions } from "./reward";
import { cut, trainingSteps } from "./row-batches";
import { openPolicySpeaker, type PolicySpeaker } from "./policy-speaker";
import { sampleAnswers } from "./sample-answers";
import type { PreparedStage, Stage, StageContext, StepContext } from "./stage";

/** Prompts, and once a step has begun their answers with all that is told of them. */
export interface RolloutBatch {
  readonly prompts: readonly PromptExample[];
  rollout: Rollout | null;
}

/** Numbers are per answer token, in the order of the batch's labels. */
interface Rollout {
  readonly tokens: TokenBatch;
  readonly oldLogps: readonly number[];
  readonly oldValues: readonly number[];
  readonly advantages: readonly number[];
  readonly returns: readonly number[];
  /** What the reward model said, one per answer. */
  readonly rewards: readonly number[];
}

/** Loads prompts, the policy with its value head, its reference and the reward model. @throws AppError naming what is wrong */
export async function prepareProximalPolicy(context: StageContext): Promise<PreparedStage<RolloutBatch>> {
  const { config } = context;
  const announce = announceData(context);
  const data = await loadPrompts(config, announce.options);
  announce.done(data.report);
  const model = await context.openValueModel();
  const checkIds = vocabularyCheck(context, model);
  const check = (prompts: readonly PromptExample[]) =>
    checkIds(prompts.map(({ promptIds }) => ({ inputIds: promptIds })));
  check(data.train);
  const { losses: reference } = await openReference(context, model);
  const judge = await context.openRewardModel();
  const speaker = await openPolicySpeaker(context, model);
  return {
    stage: proximalStage({ model, reference, judge, speaker }, context),
    model,
    ...trainingSteps(context, data, {
      lengthOf: PROMPTS.lengthOf,
      stackStep: (rows) => ({
        batches: cut(rows, config.per_device_train_batch_size).map((prompts) => ({ prompts, rollout: null })),
      }),
      check,
    }),
    evaluations: [],
    dispose: () => speaker.dispose(),
  };
}

interface PolicyMemory extends RunningMoments {
  klCoefficient: number;
  [name: string]: number;
}

/** `ppo_score_norm`: scores as they stand to all scores so far. */
function normaliseScores(rounds: readonly Round[], memory: RunningMoments): void {
  const scores = rounds.flatMap(({ rewards }) => rewards);
  Object.assign(memory, withScores(memory, scores));
  for (const round of rounds) round.scores = round.rewards.map((score) => normalised(score, memory));
}

interface Actors {
  readonly model: Pick<ValueModel, "labelLosses" | "values" | "accumulateValues">;
  readonly reference: ReferenceLosses;
  readonly judge: Pick<ValueModel, "values">;
  readonly speaker: PolicySpeaker;
}

function proximalStage(actors: Actors, context: StageContext): Stage<RolloutBatch> {
  const { config } = context;
  const { model } = actors;
  const memory: PolicyMemory = { klCoefficient: FIRST_KL_COEFFICIENT, ...FIRST_MOMENTS };
  return {
    memory,
    passes: config.ppo_epochs,
    async begin(batches, step) {
      const answers = await answersTo(batches, actors, { context, step });
      const rounds: Round[] = [];
      for (const [i, { prompts }] of batches.entries()) {
        await new Promise(setImmediate);
        if (step.signal.aborted) return;
        rounds.push(await observe(stackAnswers(prompts, answers[i]!, context), actors));
      }
      if (config.ppo_score_norm) normaliseScores(rounds, memory);
      const rollouts = judgeRounds(rounds, { ...memory, whitenRewards: config.ppo_whiten_rewards });
      batches.forEach((batch, i) => (batch.rollout = rollouts[i]!));
      memory.klCoefficient = nextKlCoefficient(memory.klCoefficient, {
        divergence: meanDivergence(
          rounds.flatMap(({ logps }) => logps),
          rounds.flatMap(({ referenceLogps }) => referenceLogps),
        ),
        target: config.ppo_target,
        answers: batches.reduce((sum, { prompts }) => sum + prompts.length, 0),
      });
    },
    itemsIn: ({ prompts }) => prompts.length,
    tokensIn: ({ rollout }) => (rollout ? tokensOf(rollout.tokens) : { all: 0, real: 0 }),
    async accumulate({ rollout }, { batchesInStep, dropoutSeed }) {
      const { tokens, rewards, oldValues: values, ...rest } = rollout!;
      const given = { ...rest, oldValues: values };
      let logps: number[] = [];
      let loss = 0;
      await model.accumulateValues(tokens, {
        positions: answerPositions(tokens),
        weigh(losses) {
          logps = Array.from(losses, (crossEntropy) => -crossEntropy);
          const { logpGradients } = proximalLoss({ ...given, logps, values });
          return Float32Array.from(logpGradients, (gradient) => -gradient / batchesInStep);
        },
        derive(present) {
          const result = proximalLoss({ ...given, logps, values: present });
          loss = (result.policyLoss + result.valueLoss) / batchesInStep;
          return result.valueGradients.map((gradient) => gradient / batchesInStep);
        },
        dropoutSeed,
      });
      const reward = { sum: rewards.reduce((sum, score) => sum + score, 0), count: rewards.length };
      return { loss, metrics: { reward } };
    },
    evaluate: ({ prompts }) => Promise.resolve({ loss: null, rows: prompts.length }),
  };
}

/** What the policy, as it is now, says to all prompts of a step; less where a stop is asked for meanwhile. */
function answersTo(
  batches: readonly RolloutBatch[],
  { speaker }: Actors,
  { context, step }: { context: StageContext; step: StepContext },
): Promise<Int32Array[][]> {
  const { config, template } = context;
  const options = {
    sampling: samplingOf(config),
    maxNewTokens: config.max_new_tokens,
    stopIds: stopIds(template),
    signal: step.signal,
  };
  return speaker.withPolicy(async (policy) => {
    const answers: Int32Array[][] = [];
    for (const [round, { prompts }] of batches.entries()) {
      const ids = prompts.map(({ promptIds }) => promptIds);
      answers.push(await sampleAnswers(policy, ids, { ...options, seed: step.seed + round }));
    }
    return answers;
  });
}

/** Prompts with their answers, which are the labels. */
function stackAnswers(
  prompts: readonly PromptExample[],
  answers: readonly Int32Array[],
  context: StageContext,
): TokenBatch {
  const rows = prompts.map(({ promptIds }, i) => {
    const read = new Array<number>(promptIds.length).fill(-100);
    return plainExample([...promptIds, ...answers[i]!], [...read, ...answers[i]!]);
  });
  return stackRows(context, rows);
}

/** The positions whose states foretell the labels: row * length + t. */
export function answerPositions({ rows, length, labels }: TokenBatch): Int32Array {
  const positions: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let t = 1; t < length; t++)
      if (labels[row * length + t] !== -100) positions.push(row * length + t - 1);
  }
  return Int32Array.from(positions);
}

/** What a batch of answers looked like when it was given; per token, answer by answer. */
interface Round {
  readonly tokens: TokenBatch;
  readonly logps: number[][];
  readonly referenceLogps: number[][];
  readonly values: number[][];
  /** What the reward model said, one per answer. */
  readonly rewards: readonly number[];
  /** The same, or with `ppo_score_norm` as it stands to what was said before. */
  scores: readonly number[];
}

async function observe(tokens: TokenBatch, { model, reference, judge }: Actors): Promise<Round> {
  const counts = labelCounts(tokens);
  const logpsOf = (losses: Float32Array) =>
    byAnswer(
      counts,
      Array.from(losses, (crossEntropy) => -crossEntropy),
    );
  const rewards = await judge.values(tokens, lastPositions(tokens));
  return {
    ...{ tokens, rewards, scores: rewards },
    logps: logpsOf(await model.labelLosses(tokens, "model")),
    referenceLogps: logpsOf(await reference(tokens)),
    values: byAnswer(counts, await model.values(tokens, answerPositions(tokens))),
  };
}

function byAnswer(counts: readonly number[], values: readonly number[]): number[][] {
  let at = 0;
  return counts.map((count) => values.slice(at, (at += count)));
}

/** Rewards and advantages of all rounds of a step together, and again apart. */
function judgeRounds(
  rounds: readonly Round[],
  { klCoefficient, whitenRewards }: { klCoefficient: number; whitenRewards: boolean },
): Rollout[] {
  const values = rounds.flatMap((round) => round.values);
  const rewards = rounds.flatMap((round) => tokenRewards(round, { klCoefficient }));
  const ends = rounds.flatMap(({ tokens }) =>
    [...lastPositions(tokens)].map((position) => position % tokens.length),
  );
  const padding = ends.map((end) => Math.max(...ends) - end);
  const { advantages, returns } = advantagesOf({ values, rewards, padding }, { whitenRewards });
  let at = 0;
  return rounds.map(({ tokens, logps, values: own, rewards: said }) => {
    const [from, to] = [at, (at += logps.length)];
    return {
      ...{ tokens, rewards: said, oldLogps: logps.flat(), oldValues: own.flat() },
      advantages: advantages.slice(from, to).flat(),
      returns: returns.slice(from, to).flat(),
    };
  });
}
