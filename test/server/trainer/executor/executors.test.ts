import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vectorJacobian } from "@/server/trainer/executor/autodiff";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type {
  Executor,
  HostTensor,
  NamedHostTensors,
  NamedTensors,
  TensorSpec,
} from "@/server/trainer/executor/executor";
import { KERNELS } from "@/server/trainer/executor/onnx/kernels/kernel-table";
import { createRandom } from "@/server/trainer/nn/random";
import { largestDifference } from "../models/tiny-model";

let onnx: Executor;
let cpu: Executor;
beforeAll(async () => {
  onnx = await createExecutor("onnx", { threads: 1 });
  cpu = await createExecutor("tfjs", { tfjsBackend: "cpu" });
});
afterAll(() => {
  onnx.dispose();
  cpu.dispose();
});

const random = createRandom(11);
const normal = (...shape: number[]): HostTensor => ({
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
  shape,
  dtype: "float32",
});
const ids = (...values: number[]): HostTensor => ({
  data: Int32Array.from(values),
  shape: [values.length],
  dtype: "int32",
});

const specsOf = (inputs: NamedHostTensors): Record<string, TensorSpec> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]));

async function runOnce(
  executor: Executor,
  fn: (inputs: NamedTensors) => tf.Tensor,
  inputs: NamedHostTensors,
): Promise<HostTensor> {
  const compiled = await executor.compile("test", (given) => ({ y: fn(given) }), specsOf(inputs));
  const { y } = await compiled.run(inputs);
  compiled.dispose();
  return y!;
}

type Case = [kernel: string, fn: (inputs: NamedTensors) => tf.Tensor, inputs: NamedHostTensors];
const x = normal(3, 4);
const pair = { a: normal(3, 4), b: normal(4) };
const positive: HostTensor = { ...x, data: (x.data as Float32Array).map((value) => Math.abs(value) + 0.1) };

/** One use of each kernel that the tracer knows. */
const CASES: Case[] = [
  ["Add", ({ a, b }) => tf.add(a!, b!), pair],
  ["Sub", ({ a, b }) => tf.sub(a!, b!), pair],
  ["Multiply", ({ a, b }) => tf.mul(a!, b!), pair],
  ["RealDiv", ({ a, b }) => tf.div(a!, b!), { a: x, b: positive }],
  ["Maximum", ({ a, b }) => tf.maximum(a!, b!), pair],
  ["Minimum", ({ a, b }) => tf.minimum(a!, b!), pair],
  ["Pow", ({ a }) => tf.pow(a!, 3), { a: x }],
  ["SquaredDifference", ({ a, b }) => tf.squaredDifference(a!, b!), pair],
  ["Equal", ({ i }) => tf.cast(tf.equal(i!, 2), "float32"), { i: ids(1, 2, 3) }],
  ["Greater", ({ a, b }) => tf.cast(tf.greater(a!, b!), "float32"), pair],
  ["GreaterEqual", ({ a, b }) => tf.cast(tf.greaterEqual(a!, b!), "float32"), pair],
  ["Less", ({ a, b }) => tf.cast(tf.less(a!, b!), "float32"), pair],
  ["LessEqual", ({ a, b }) => tf.cast(tf.lessEqual(a!, b!), "float32"), pair],
  ["LogicalAnd", ({ a, b }) => tf.cast(tf.logicalAnd(tf.greater(a!, 0), tf.less(b!, 1)), "float32"), pair],
  ["LogicalOr", ({ a, b }) => tf.cast(tf.logicalOr(tf.greater(a!, 0), tf.less(b!, 1)), "float32"), pair],
  ["LogicalNot", ({ a }) => tf.cast(tf.logicalNot(tf.greater(a!, 0)), "float32"), { a: x }],
  [
    "TopK",
    ({ a }) => {
      const { values, indices } = tf.topk(a!, 2);
      return tf.add(values, tf.cast(indices, "float32"));
    },
    { a: x },
  ],
  ["Abs", ({ a }) => tf.abs(a!), { a: x }],
  ["Ceil", ({ a }) => tf.ceil(a!), { a: x }],
  ["Cos", ({ a }) => tf.cos(a!), { a: x }],
  ["Erf", ({ a }) => tf.erf(a!), { a: x }],
  ["Exp", ({ a }) => tf.exp(a!), { a: x }],
  ["Floor", ({ a }) => tf.floor(a!), { a: x }],
  ["Log", ({ a }) => tf.log(a!), { a: positive }],
  ["Neg", ({ a }) => tf.neg(a!), { a: x }],
  ["Reciprocal", ({ a }) => tf.reciprocal(a!), { a: positive }],
  ["Relu", ({ a }) => tf.relu(a!), { a: x }],
  ["Sigmoid", ({ a }) => tf.sigmoid(a!), { a: x }],
  ["Sign", ({ a }) => tf.sign(a!), { a: x }],
  ["Sin", ({ a }) => tf.sin(a!), { a: x }],
  ["Softplus", ({ a }) => tf.softplus(a!), { a: x }],
  ["Sqrt", ({ a }) => tf.sqrt(a!), { a: positive }],
  ["Rsqrt", ({ a }) => tf.rsqrt(a!), { a: positive }],
  ["Tanh", ({ a }) => tf.tanh(a!), { a: x }],
  ["Identity", ({ a }) => tf.clone(a!), { a: x }],
  ["Square", ({ a }) => tf.square(a!), { a: x }],
  ["Step", ({ a }) => tf.step(a!, 0.5), { a: x }],
  ["ClipByValue", ({ a }) => tf.clipByValue(a!, -0.5, 0.5), { a: x }],
  ["Cast", ({ i }) => tf.cast(i!, "float32"), { i: ids(1, 2, 3) }],
  ["Select", ({ a, b }) => tf.where(tf.greater(a!, 0), a!, b!), { a: x, b: positive }],
  ["Sum", ({ a }) => tf.sum(a!, 0), { a: x }],
  ["Mean", ({ a }) => tf.mean(a!, -1, true), { a: x }],
  ["Max", ({ a }) => tf.max(a!, -1), { a: x }],
  ["Min", ({ a }) => tf.min(a!), { a: x }],
  ["Prod", ({ a }) => tf.prod(a!, 1), { a: x }],
  ["Softmax", ({ a }) => tf.softmax(a!), { a: x }],
  ["LogSoftmax", ({ a }) => tf.logSoftmax(a!), { a: x }],
  ["ArgMax", ({ a }) => tf.argMax(a!, -1), { a: x }],
  ["Reshape", ({ a }) => tf.reshape(a!, [2, -1]), { a: x }],
  ["ExpandDims", ({ a }) => tf.expandDims(a!, -1), { a: x }],
  ["Transpose", ({ a }) => tf.transpose(a!, [2, 0, 1]), { a: normal(2, 3, 4) }],
  ["Concat", ({ a, b }) => tf.concat([a!, b!], -1), { a: x, b: normal(3, 2) }],
  ["SplitV", ({ a }) => tf.split(a!, [1, 3], -1)[1]!, { a: x }],
  ["Slice", ({ a }) => tf.slice(a!, [1, 0], [2, 3]), { a: x }],
  [
    "PadV2",
    ({ a }) =>
      tf.pad(
        a!,
        [
          [1, 0],
          [0, 2],
        ],
        7,
      ),
    { a: x },
  ],
  ["Tile", ({ a }) => tf.tile(a!, [2, 3]), { a: x }],
  ["GatherV2", ({ a, i }) => tf.gather(a!, i!), { a: x, i: ids(2, 0, 2) }],
  [
    "UnsortedSegmentSum",
    ({ a, i }) => tf.unsortedSegmentSum(a!, i! as tf.Tensor1D, 4),
    { a: x, i: ids(3, 0, 3) },
  ],
  ["OneHot", ({ i }) => tf.cast(tf.oneHot(i!, 4), "float32"), { i: ids(3, 0, 1) }],
  ["Fill", ({ a }) => tf.add(a!, tf.fill([3, 4], 2)), { a: x }],
  ["Range", ({ a }) => tf.add(a!, tf.range(0, 4)), { a: x }],
  ["ZerosLike", ({ a }) => tf.add(a!, tf.zerosLike(a!)), { a: x }],
  ["OnesLike", ({ a }) => tf.add(a!, tf.onesLike(a!)), { a: x }],
  ["BatchMatMul", ({ a, b }) => tf.matMul(a!, b!, true, true), { a: normal(2, 4, 3), b: normal(2, 5, 4) }],
];

describe("the tracing backend", () => {
  it.each(CASES)("records %s so that onnxruntime gives what TensorFlow.js gives", async (_, fn, inputs) => {
    const [traced, eager] = [await runOnce(onnx, fn, inputs), await runOnce(cpu, fn, inputs)];
    expect(traced.shape).toEqual(eager.shape);
    expect(traced.dtype).toBe(eager.dtype);
    expect(largestDifference(traced.data, eager.data)).toBeLessThan(1e-6);
  });

  it("is tested on every kernel that it knows", () => {
    // Rounds on purpose, or is no kernel of TensorFlow.js: int8-base and quantized-base have their tests.
    const all = [...CASES.map(([kernel]) => kernel), "DynamicInt8MatMul", "WidenInt4"];
    expect(all.sort()).toEqual(Object.keys(KERNELS).sort());
  });

  it("names the kernel and the function where a kernel is missing", async () => {
    const compiled = onnx.compile("my loss", ({ a }) => ({ y: tf.cumsum(a!) }), specsOf({ a: x }));
    await expect(compiled).rejects.toThrow(/my loss.*Cumsum/);
  });

  it("refuses a function that looks at values", async () => {
    const compiled = onnx.compile(
      "peek",
      ({ a }) => ({ y: tf.mul(a!, a!.dataSync()[0]!) }),
      specsOf({ a: x }),
    );
    await expect(compiled).rejects.toThrow(/must not read the values/);
  });

  it("refuses tensors from outside of the trace", async () => {
    await tf.setBackend("cpu");
    const outside = tf.tensor([1, 2, 3, 4]);
    const compiled = onnx.compile("closure", ({ a }) => ({ y: tf.mul(a!, outside) }), specsOf({ a: x }));
    await expect(compiled).rejects.toThrow(/may only use its inputs/);
    outside.dispose();
  });

  it("leaves the backend that was active and no tensors behind", async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    await runOnce(onnx, ({ a }) => tf.softmax(a!), { a: x });
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("a compiled function", () => {
  const square = ({ a, b }: NamedTensors) => ({ y: tf.square(a!), same: a!, b: tf.neg(b!) });

  it("leaves out inputs that nothing needs", async () => {
    const compiled = await onnx.compile(
      "square",
      ({ a }) => ({ y: tf.square(a!) }),
      specsOf({ a: x, unused: x }),
    );
    expect(compiled.inputNames).toEqual(["a"]);
    compiled.dispose();
  });

  it.each(["onnx", "tfjs"])(
    "writes into the outputs that it is given, and hands out copies else (%s)",
    async (id) => {
      const executor = id === "onnx" ? onnx : cpu;
      const inputs = { a: normal(2, 2), b: normal(3) };
      const compiled = await executor.compile("square", square, specsOf(inputs));
      const y: HostTensor = { data: new Float32Array(4), shape: [2, 2], dtype: "float32" };
      const result = await compiled.run(inputs, { y });
      expect(result["y"]).toBe(y);
      expect(
        largestDifference(
          y.data,
          inputs.a.data.map((value) => value * value),
        ),
      ).toBeLessThan(1e-6);
      expect(result["same"]!.data).toEqual(inputs.a.data);
      expect(result["same"]!.data.buffer).not.toBe(inputs.a.data.buffer);
      compiled.dispose();
    },
  );

  it.each(["onnx", "tfjs"])(
    "adds to a tensor in place where an input is an output as well (%s)",
    async (id) => {
      const executor = id === "onnx" ? onnx : cpu;
      const total: HostTensor = { data: Float32Array.of(1, 2), shape: [2], dtype: "float32" };
      const inputs = { into: total, a: { ...total, data: Float32Array.of(10, 20) } };
      const compiled = await executor.compile(
        "add",
        ({ into, a }) => ({ y: tf.add(into!, a!) }),
        specsOf(inputs),
      );
      await compiled.run(inputs, { y: total });
      await compiled.run(inputs, { y: total });
      expect([...total.data]).toEqual([21, 42]);
      compiled.dispose();
    },
  );

  it("says which input is missing", async () => {
    const compiled = await onnx.compile("square", square, specsOf({ a: x, b: x }));
    await expect(compiled.run({ a: x })).rejects.toThrow(/square: input b is missing/);
    compiled.dispose();
  });
});

describe("vectorJacobian", () => {
  it.each(["onnx", "tfjs"])("differentiates with respect to named inputs (%s)", async (id) => {
    const executor = id === "onnx" ? onnx : cpu;
    const inputs = { a: normal(3, 4), b: normal(4, 2), dy: normal(3, 2) };
    const compiled = await executor.compile(
      "gradient",
      ({ a, b, dy }) =>
        vectorJacobian((live) => tf.matMul(live["a"]!, live["b"]!), { a: a!, b: b! }, dy).grads,
      specsOf(inputs),
    );
    const { a } = await compiled.run(inputs);
    const expected = await runOnce(cpu, ({ b, dy }) => tf.matMul(dy!, b!, false, true), {
      b: inputs.b,
      dy: inputs.dy,
    });
    expect(largestDifference(a!.data, expected.data)).toBeLessThan(1e-6);
    compiled.dispose();
  });
});
