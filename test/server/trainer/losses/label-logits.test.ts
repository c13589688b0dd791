import { describe, expect, it } from "vitest";
import { smoothedLoss } from "@/server/trainer/losses/label-logits";

describe("smoothed labels", () => {
  // transformers 5.6's LabelSmoother(0.2) on these two rows, labels 3 and 1: a mean over the labels.
  const logits = Float32Array.of(-0.15, 0.72, -1.56, 0.14, 2.09, 1.52, -0.07, 2, 0.92, 4.87);
  const labels = Int32Array.of(3, 1);
  const recorded = {
    loss: 3.5105082988739014,
    gradient: [
      ...[0.014816965907812119, 0.0631050169467926, -0.011499668471515179, -0.37346965074539185],
      ...[0.3070473074913025, -0.004312021657824516, -0.4168008267879486, 0.0053529394790530205],
      ...[-0.01139025203883648, 0.4271502196788788],
    ],
  };

  it("give transformers' loss and gradient", () => {
    const { sum, gradient } = smoothedLoss({ logits, labels }, 0.2);
    expect(sum / 2).toBeCloseTo(recorded.loss, 6);
    recorded.gradient.forEach((value, i) => expect(gradient[i]! / 2).toBeCloseTo(value, 6));
  });

  it("are the plain cross entropy where nothing is smoothed", () => {
    const { sum } = smoothedLoss({ logits, labels }, 0);
    const plain = [0, 1].map((row) => {
      const at = [...logits.subarray(row * 5, row * 5 + 5)];
      return Math.log(at.reduce((total, logit) => total + Math.exp(logit), 0)) - at[labels[row]!]!;
    });
    expect(sum).toBeCloseTo(plain[0]! + plain[1]!, 6);
  });
});
