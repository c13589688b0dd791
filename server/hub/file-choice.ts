/**
 * Which files of a repository are worth having: safetensors with configuration and tokenizer for a model, data files for
 * a dataset. Pickled weights are never among them: opening one runs whatever code is in it.
 */
import type { HubKind, HubPreview } from "@/server/contract/hub";
import type { RepositoryFile } from "./hub-repository";

export interface FileChoice {
  files: RepositoryFile[];
  skipped: HubPreview["skipped"];
}

const PICKLE = /\.(bin|pth?|ckpt|pkl|pickle|joblib|dill|npy|npz)$/i;
/** Weights for other programs. */
const OTHER_WEIGHTS =
  /\.(gguf|ggml|onnx|onnx_data|msgpack|h5|tflite|mlmodel|mlpackage|pb|ot|mnn|engine|xml)$/i;
const CODE = /\.(py|pyc|ipynb|sh|so|dll|exe|js|jar)$/i;
const MODEL_FILE =
  /(\.safetensors|\.json|\.jinja|\.model|\.tiktoken|^(?:.*\/)?(?:merges|vocab)\.txt|^(?:README|LICENSE|NOTICE|USE_POLICY)[^/]*)$/i;
/** Rows of a dataset. */
export const DATA_FILE = /\.(json|jsonl|ndjson|csv|tsv|parquet|arrow|txt)$/i;
const DATA_NOTE = /^(README|LICENSE|NOTICE)[^/]*$/i;
/** Beside a model, for other uses than training it. */
const ASIDE = /^(onnx|openvino|coreml|original|gguf|mlx|runs|figures|assets|\.git[^/]*|\.cache)\//i;

/** Sorts a repository's files into what is downloaded and what stays, each with the reason. */
export function chooseFiles(kind: HubKind, all: readonly RepositoryFile[]): FileChoice {
  const files: RepositoryFile[] = [];
  const skipped: FileChoice["skipped"] = [];
  for (const file of all) {
    if (!isSafePath(file.path)) continue;
    const reason = reasonToSkip(kind, file.path);
    if (reason === null) files.push(file);
    else skipped.push({ path: file.path, bytes: file.bytes, reason });
  }
  files.sort((a, b) => a.bytes - b.bytes || a.path.localeCompare(b.path));
  return { files, skipped };
}

function reasonToSkip(kind: HubKind, path: string): FileChoice["skipped"][number]["reason"] | null {
  if (PICKLE.test(path)) return "pickle";
  if (CODE.test(path)) return "code";
  if (kind === "dataset") return DATA_FILE.test(path) || DATA_NOTE.test(path) ? null : "not_needed";
  if (OTHER_WEIGHTS.test(path)) return "other_format";
  return ASIDE.test(path) || !MODEL_FILE.test(path) ? "not_needed" : null;
}

/** A path that stays inside its folder on every system. A hub that says otherwise is not believed. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 512) return false;
  return path
    .split("/")
    .every((part) => part !== "" && !/^\.+$/.test(part) && !/[\\:*?"<>|\u0000-\u001f]/.test(part));
}
