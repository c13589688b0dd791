/**
 * The default executor: traces a function into an ONNX graph and runs it with onnxruntime. Tensors stay in this
 * process's typed arrays; a run borrows them without copying. It does not know what it computes.
 */
import { availableParallelism } from "node:os";
import type * as ort from "onnxruntime-node";
import type {
  CompiledFunction,
  Executor,
  HostTensor,
  NamedHostTensors,
  TensorFunction,
  TensorSpec,
} from "../executor";
import { KERNELS } from "./kernels/kernel-table";
import { outputName, trace } from "./trace";

export interface OnnxExecutorOptions {
  /** Threads of one run; default: as many as the machine runs at once. */
  readonly threads?: number;
}

export type Runtime = typeof ort;

/** Loads onnxruntime and returns the executor. @throws Error where its native library does not load */
export async function createOnnxExecutor(options: OnnxExecutorOptions = {}): Promise<Executor> {
  const runtime = await loadRuntime();
  const threads = options.threads ?? availableParallelism();
  const compiled = new Set<CompiledFunction>();
  const sessionOptions: ort.InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // An arena would keep a graph's working memory for that graph alone. The system's allocator hands it on to the next
    // one, so that graphs for many shapes cost next to nothing; measured, it is as fast.
    enableCpuMemArena: false,
    enableMemPattern: false,
    // Many sessions take turns; the idle ones' threads would otherwise spin against the one that works.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  };
  return {
    id: "onnx",
    skipsUnused: true,
    device: `onnxruntime ${runtime.env.versions.node ?? runtime.env.versions.common}, CPU, ${threads} threads`,
    async compile(name, fn, specs) {
      const made = await compile({ runtime, sessionOptions, name, fn, specs });
      const tracked: CompiledFunction = {
        ...made,
        dispose() {
          if (compiled.delete(tracked)) made.dispose();
        },
      };
      compiled.add(tracked);
      return tracked;
    },
    dispose() {
      for (const fn of [...compiled]) fn.dispose();
    },
  };
}

/** onnxruntime, loaded on first use. @throws Error where its native library does not load */
export async function loadRuntime(): Promise<Runtime> {
  const loaded = (await import("onnxruntime-node")) as Runtime & { default?: Runtime };
  return loaded.default ?? loaded;
}

interface CompileCall {
  readonly runtime: Runtime;
  readonly sessionOptions: ort.InferenceSession.SessionOptions;
  readonly name: string;
  readonly fn: TensorFunction;
  readonly specs: Readonly<Record<string, TensorSpec>>;
}

async function compile({ runtime, sessionOptions, name, fn, specs }: CompileCall): Promise<CompiledFunction> {
  let session: ort.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(trace(fn, specs, KERNELS).encode(), sessionOptions);
  } catch (cause) {
    throw new Error(`${name}: cannot be compiled: ${(cause as Error).message}`, { cause });
  }
  const outputNames = session.outputNames.map(
    (output) => [output, output.slice(outputName("").length)] as const,
  );
  return {
    inputNames: session.inputNames,
    async run(inputs, outputs = {}) {
      const feeds: Record<string, ort.Tensor> = {};
      for (const input of session.inputNames) {
        const tensor = inputs[input];
        if (!tensor) throw new Error(`${name}: input ${input} is missing`);
        feeds[input] = borrow(runtime, tensor);
      }
      const fetches: Record<string, ort.Tensor | null> = {};
      for (const [output, key] of outputNames)
        fetches[output] = outputs[key] ? borrow(runtime, outputs[key]) : null;
      const results = await session.run(feeds, fetches);
      const named: NamedHostTensors = {};
      for (const [output, key] of outputNames)
        named[key] = outputs[key] ?? take(results[output] as ort.Tensor);
      return named;
    },
    dispose() {
      void session.release();
    },
  };
}

/** onnxruntime's view of a host tensor, made once per tensor: the same memory, no copy. */
const views = new WeakMap<HostTensor, ort.Tensor>();

function borrow(runtime: Runtime, tensor: HostTensor): ort.Tensor {
  let view = views.get(tensor);
  if (!view) {
    view = new runtime.Tensor(tensor.dtype, tensor.data as Float32Array, tensor.shape);
    views.set(tensor, view);
  }
  return view;
}

function take(tensor: ort.Tensor): HostTensor {
  return {
    data: tensor.data as HostTensor["data"],
    shape: tensor.dims,
    dtype: tensor.type as HostTensor["dtype"],
  };
}
