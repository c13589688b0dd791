/** The feed-forward part of a decode graph's layers: gated, plain, or experts of which each token takes a few. */
import { adapted, type GraphScope } from "./decode-parts";
import type { ActivationKind, ExpertsPlan, GatedPlan, MlpPlan } from "./decode-plan";

/** m [S, C] -> [S, C] */
export async function feedForward(scope: GraphScope, m: string, plan: MlpPlan): Promise<string> {
  switch (plan.kind) {
    case "gated":
      return gated(scope, m, plan);
    case "plain":
      return adapted(scope, activate(scope, await adapted(scope, m, plan.up), plan.activation), plan.down);
    case "experts":
      return experts(scope, m, plan);
  }
}

async function gated(scope: GraphScope, m: string, plan: GatedPlan): Promise<string> {
  const { graph } = scope;
  const [gate, up] = graph.nodeWithOutputs("Split", [await adapted(scope, m, plan.gateUp)], {
    count: 2,
    attributes: { axis: -1, num_outputs: 2 },
  });
  return adapted(scope, graph.node("Mul", [activate(scope, gate!, plan.activation), up!]), plan.down);
}

/** Each expert computes the tokens that chose it and no others; with one new token, most compute none. */
async function experts(scope: GraphScope, m: string, plan: ExpertsPlan): Promise<string> {
  const { graph } = scope;
  const shares = await routing(scope, m, plan); // [S, E]
  let sum = graph.node("Sub", [m, m]); // [S, C] of zeros
  for (const [index, expert] of plan.experts.entries()) {
    const share = graph.node("Gather", [shares, graph.constant([index], [], "int64")], {
      attributes: { axis: 1 },
    }); // [S]
    const rows = graph.node("Squeeze", [graph.node("NonZero", [share]), graph.integers([0])]); // [n]
    const output = await gated(scope, graph.node("Gather", [m, rows]), expert); // [n, C]
    const weight = graph.node("Unsqueeze", [graph.node("Gather", [share, rows]), graph.integers([-1])]);
    sum = graph.node(
      "ScatterND",
      [sum, graph.node("Unsqueeze", [rows, graph.integers([-1])]), graph.node("Mul", [output, weight])],
      { attributes: { reduction: "add" } },
    );
  }
  return sum;
}

/** Each expert's share of each token, zero for those it did not choose: [S, E]. */
async function routing({ graph, weights }: GraphScope, m: string, plan: ExpertsPlan): Promise<string> {
  const values = await weights.vector(plan.router);
  const count = plan.experts.length;
  const router = graph.constant(values, [count, values.length / count], "float32");
  const scores = graph.node("Gemm", [m, router], { attributes: { transB: 1 } });
  const probabilities = graph.node("Softmax", [scores], { attributes: { axis: -1 } });
  const [largest, chosen] = graph.nodeWithOutputs("TopK", [probabilities, graph.integers([plan.chosen])], {
    count: 2,
    attributes: { axis: -1 },
  });
  const total = graph.node("ReduceSum", [largest!, graph.integers([-1])], { attributes: { keepdims: 1 } });
  const kept = plan.normalized ? graph.node("Div", [largest!, total]) : largest!;
  const none = graph.node("Sub", [probabilities, probabilities]);
  return graph.node("ScatterElements", [none, chosen!, kept], { attributes: { axis: 1 } });
}

function activate({ graph }: GraphScope, x: string, kind: ActivationKind): string {
  switch (kind) {
    case "silu":
      return graph.node("Mul", [x, graph.node("Sigmoid", [x])]);
    case "gelu":
      return graph.node("Gelu", [x]);
    case "gelu_tanh":
      return graph.node("Gelu", [x], { attributes: { approximate: "tanh" } });
    case "relu":
      return graph.node("Relu", [x]);
  }
}
