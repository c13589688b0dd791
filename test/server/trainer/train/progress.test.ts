import { describe, expect, it } from "vitest";
import {
  evaluationOnlyLine,
  metricWords,
  progressLine,
  type Progress,
} from "@/server/trainer/train/progress";

const progress: Progress = {
  step: 3,
  totalSteps: 6,
  sessionSteps: 3,
  elapsed: 4.1646,
  epoch: 0.05555555555555555,
  tokens: { total: 992, session: 992 },
};

describe("trainer_log.jsonl", () => {
  it("has LLaMA-Factory's keys in their order, with grad_norm last", () => {
    const line = progressLine(progress, {
      loss: 8.325984001159668,
      learningRate: 9.045084971874738e-5,
      gradNorm: 0.5,
    });
    // As llamafactory-cli 0.9.5 wrote it in a recorded run, with grad_norm added.
    expect(line).toBe(
      '{"current_steps": 3, "total_steps": 6, "loss": 8.325984001159668, "lr": 9.045084971874738e-05, "epoch": 0.05555555555555555, "percentage": 50.0, "elapsed_time": "0:00:04", "remaining_time": "0:00:04", "throughput": 238.2, "total_tokens": 992, "grad_norm": 0.5}',
    );
  });

  it("leaves out what was not measured", () => {
    expect(progressLine({ ...progress, tokens: null }, { evalLoss: 8.5 })).toBe(
      '{"current_steps": 3, "total_steps": 6, "eval_loss": 8.5, "epoch": 0.05555555555555555, "percentage": 50.0, "elapsed_time": "0:00:04", "remaining_time": "0:00:04"}',
    );
    expect(Object.keys(JSON.parse(progressLine(progress, {})) as object)).not.toContain("loss");
  });

  it("reckons the time to come and the throughput from this session alone", () => {
    const resumed = {
      ...progress,
      step: 90,
      totalSteps: 100,
      sessionSteps: 10,
      elapsed: 20,
      tokens: { total: 9000, session: 1000 },
    };
    const line = JSON.parse(progressLine(resumed, {})) as Record<string, unknown>;
    expect(line).toMatchObject({ remaining_time: "0:00:20", throughput: 50, total_tokens: 9000 });
  });

  it("puts a run that only evaluates at step 0", () => {
    expect(evaluationOnlyLine(8.299102783203125, 4)).toBe(
      '{"current_steps": 0, "total_steps": 4, "eval_loss": 8.299102783203125, "epoch": 0, "percentage": 0.0, "elapsed_time": "0:00:00", "remaining_time": "0:00:00"}',
    );
  });
});

describe("the metric line of running_log.txt", () => {
  it("is rounded as LLaMA-Factory rounds it", () => {
    const session = { ...progress, epoch: 0.061, elapsed: 10, tokens: { total: 1082, session: 1082 } };
    expect(metricWords(session, { loss: 10.44512, learningRate: 5e-5 })).toBe(
      "{'loss': 10.4451, 'learning_rate': 5.0000e-05, 'epoch': 0.06, 'throughput': 108.20}",
    );
    expect(metricWords({ ...session, tokens: null }, { loss: 1, learningRate: 0 })).toBe(
      "{'loss': 1.0000, 'learning_rate': 0.0000e+00, 'epoch': 0.06}",
    );
  });
});
