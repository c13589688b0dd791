/**
 * The reference executor: runs functions eagerly on a TensorFlow.js backend. `cpu` is the oracle of the tests;
 * `tensorflow` (tfjs-node, tfjs-node-gpu) is the way to NVIDIA cards. It does not know what it computes.
 */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import type { Executor, HostTensor, NamedHostTensors, NamedTensors, TensorFunction } from "../executor";

/** @param backend a registered TensorFlow.js backend; `device` describes it for the log */
export async function createTfjsExecutor(
  backend = "cpu",
  device = "TensorFlow.js cpu backend, 1 thread",
): Promise<Executor> {
  // Without it TensorFlow.js prints an advertisement for tfjs-node on the first tensor.
  tf.enableProdMode();
  await tf.setBackend(backend);
  const uploaded = new Map<HostTensor, tf.Tensor>();

  const toTensor = (host: HostTensor): tf.Tensor => {
    const known = uploaded.get(host);
    if (known) return known;
    const data = host.dtype === "float32" ? host.data : Int32Array.from(host.data);
    const made = tf.tensor(data, [...host.shape], host.dtype === "float32" ? "float32" : "int32");
    if (host.constant) uploaded.set(host, tf.keep(made));
    return made;
  };

  const run = (fn: TensorFunction, inputs: NamedHostTensors): { name: string; tensor: tf.Tensor }[] => {
    // Takes effect at once, because the backend is ready; another executor may have been at work in between.
    void tf.setBackend(backend);
    const results = tf.tidy(() => {
      const tensors: NamedTensors = {};
      for (const [name, host] of Object.entries(inputs)) tensors[name] = toTensor(host);
      // Cloned, because a function may hand an input straight back.
      return Object.fromEntries(
        Object.entries(fn(tensors)).map(([name, tensor]) => [name, tf.clone(tensor)]),
      );
    });
    return Object.entries(results).map(([name, tensor]) => ({ name, tensor }));
  };

  return {
    id: "tfjs",
    skipsUnused: false,
    device,
    compile: (name, fn, specs) =>
      Promise.resolve({
        inputNames: Object.keys(specs),
        async run(inputs, outputs = {}) {
          const named: NamedHostTensors = {};
          for (const { name: key, tensor } of run(fn, pick(inputs, Object.keys(specs), name))) {
            named[key] = await download(tensor, outputs[key]);
            tensor.dispose();
          }
          return named;
        },
        dispose() {},
      }),
    dispose() {
      for (const tensor of uploaded.values()) tensor.dispose();
      uploaded.clear();
    },
  };
}

function pick(inputs: NamedHostTensors, names: readonly string[], what: string): NamedHostTensors {
  return Object.fromEntries(
    names.map((name) => {
      const tensor = inputs[name];
      if (!tensor) throw new Error(`${what}: input ${name} is missing`);
      return [name, tensor];
    }),
  );
}

async function download(tensor: tf.Tensor, into: HostTensor | undefined): Promise<HostTensor> {
  const values = await tensor.data<"float32" | "int32">();
  if (into) {
    into.data.set(values);
    return into;
  }
  // Copied: the cpu backend hands out the very array that it computes on, which may be an input's.
  return {
    data: values.slice(),
    shape: tensor.shape,
    dtype: tensor.dtype === "float32" ? "float32" : "int32",
  };
}
