/** What an export's program is told: LLaMA-Factory's arguments, and ours where the embedded engine writes. Pure. */
import type { EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { CreateExport } from "@/server/contract/model-export";
import type { TargetFolders } from "@/server/evaluations/evaluations";
import type { ExportRecord } from "./export-record";

/**
 * The engine that writes: the asked one, else the one that can.
 * @throws AppError unsupported where what is asked for excludes it, or each other
 */
export function exportEngine(request: CreateExport, target: TargetFolders): EngineId {
  const { export_quantization_bit: bits, export_legacy_format: legacy, export_gguf: gguf } = request;
  if (bits !== null && target.adapterFolder !== null)
    throw new AppError(
      "unsupported",
      "LLaMA-Factory quantises whole models only: export the merged model first, then quantise that one.",
    );
  const needsLlamaFactory = bits !== null || legacy;
  if (needsLlamaFactory && gguf !== null)
    throw new AppError(
      "unsupported",
      "Only the embedded engine writes GGUF, and only LLaMA-Factory GPTQ and the legacy format: leave one of them out.",
    );
  const engine =
    request.engine === "auto" ? (needsLlamaFactory ? "llamafactory" : target.engine) : request.engine;
  if (engine === "embedded" && needsLlamaFactory)
    throw new AppError(
      "unsupported",
      `The embedded engine writes safetensors without GPTQ. Leave ${bits !== null ? "the quantization" : "the legacy format"} out, or choose LLaMA-Factory.`,
    );
  if (engine === "embedded" && target.engine === "llamafactory")
    throw new AppError(
      "unsupported",
      `The embedded engine does not know the architecture of ${target.modelFolder}. Choose LLaMA-Factory.`,
    );
  if (engine === "llamafactory" && gguf !== null)
    throw new AppError(
      "unsupported",
      "LLaMA-Factory writes no GGUF. Leave it out, or choose the embedded engine.",
    );
  return engine;
}

/** @param draft absolute path of the folder to write */
export function exportArguments(
  request: CreateExport,
  target: TargetFolders,
  { engineId, draft }: { engineId: EngineId; draft: string },
): Record<string, unknown> {
  const isEmbedded = engineId === "embedded";
  const bits = request.export_quantization_bit;
  return {
    model_name_or_path: target.modelFolder,
    ...(target.adapterFolder !== null && {
      adapter_name_or_path: target.adapterFolder,
      ...(!isEmbedded && { finetuning_type: target.method }),
    }),
    ...(target.template !== null && { template: target.template }),
    export_dir: draft,
    export_size: request.export_size,
    ...(request.infer_dtype !== "auto" && { infer_dtype: request.infer_dtype }),
    ...(isEmbedded
      ? {
          ...(request.export_gguf !== null && { export_gguf: request.export_gguf }),
          export_self_test: request.self_test,
        }
      : {
          export_device: request.export_device,
          export_legacy_format: request.export_legacy_format,
          ...(bits !== null && {
            export_quantization_bit: bits,
            export_quantization_dataset: request.export_quantization_dataset,
          }),
        }),
  };
}

/** The arguments of the program that asks the source and the new folder the same. */
export function selfTestArguments(
  { model, adapter, template }: NonNullable<ExportRecord["source"]>,
  draft: string,
): Record<string, unknown> {
  return {
    model_name_or_path: model,
    ...(adapter !== null && { adapter_name_or_path: adapter }),
    ...(template !== null && { template }),
    export_dir: draft,
  };
}
