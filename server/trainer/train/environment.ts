/** The lines of `tuneboard env`: versions, processor, memory, and which executors load here. */
import os from "node:os";
import { createExecutor } from "../executor/choose-executor";

/** A report in words, one fact a line. */
export async function environmentReport(version: string): Promise<string> {
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const processor = os.cpus()[0]?.model ?? "unknown processor";
  return [
    `- Tuneboard version: ${version}`,
    `- Platform: ${os.type()} ${os.release()} ${os.arch()}`,
    `- Node version: ${process.versions.node}`,
    `- Processor: ${processor}, ${os.availableParallelism()} threads`,
    `- Memory: ${gigabytes(os.totalmem())}, ${gigabytes(os.freemem())} free`,
    `- Executor onnx: ${await deviceOf("onnx")}`,
    `- Executor tfjs: ${await deviceOf("tfjs")}`,
  ].join("\n");
}

async function deviceOf(kind: "onnx" | "tfjs"): Promise<string> {
  try {
    const executor = await createExecutor(kind);
    const { device } = executor;
    executor.dispose();
    return device;
  } catch (error) {
    return `not available: ${error instanceof Error ? error.message : String(error)}`;
  }
}
