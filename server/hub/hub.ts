/**
 * The hub service: what a repository holds, downloads that outlive tabs and consoles, the choice of hub, mirror and
 * token. It does not know what models and datasets are used for: a finished dataset is handed on.
 */
import path from "node:path";
import { existsSync, mkdirSync } from "node:fs";
import { AppError } from "@/server/contract/errors";
import {
  type Download,
  DOWNLOAD_HUBS,
  type DownloadHub,
  type HubKind,
  type HubName,
  type HubPreview,
  type HubSettings,
  type StartDownload,
  type UpdateHub,
} from "@/server/contract/hub";
import type { ModelShape } from "@/server/contract/model-shape";
import { freeBytes } from "@/server/disk/disk-space";
import {
  draftFolder,
  landingFolder,
  landingPlace,
  readRecords,
  type DownloadRecord,
} from "./download-record";
import { chooseFiles, DATA_FILE } from "./file-choice";
import type { HubClient, RepositoryAddress } from "./hub-repository";
import type { HubAccess } from "./hub-request";
import { HubSecrets } from "./hub-secrets";
import { huggingFace } from "./hugging-face";
import { modelScope } from "./model-scope";
import { RepositoryDownload } from "./repository-download";

export interface HubOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  settings: HubStore;
  /** Reads family and shape out of a config.json. */
  readConfig: (text: string) => { family: string | null; shape: ModelShape | null };
  /** Registers a dataset that has come. @returns its name; null where it could not be told what its columns mean */
  onDataset: (dataset: { id: string; folder: string; files: string[] }) => Promise<string[]>;
  environment?: Readonly<Record<string, string | undefined>>;
  /** For tests. */
  patienceMs?: number;
  freeBytes?: (folder: string) => Promise<number>;
}

/** Where the choice of hub and the mirror's address are kept. */
export interface HubStore {
  read(): { hub: HubName; hf_endpoint: string | null };
  write(change: { hub?: HubName; hf_endpoint?: string | null }): Promise<void>;
}

const USUAL_ENDPOINT: Record<DownloadHub, string> = {
  huggingface: "https://huggingface.co",
  modelscope: "https://www.modelscope.cn",
};
const MAIN_BRANCH: Record<DownloadHub, string> = { huggingface: "main", modelscope: "master" };
/** A config.json longer than this is none. */
const LARGEST_CONFIG = 1_000_000;

export class Hub {
  private readonly secrets: HubSecrets;
  private readonly clients: Record<DownloadHub, HubClient>;
  private readonly downloads = new Map<string, RepositoryDownload>();

  constructor(private readonly options: HubOptions) {
    this.secrets = new HubSecrets(options.home, options.environment);
    this.clients = {
      huggingface: huggingFace(() => this.access("huggingface")),
      modelscope: modelScope(() => this.access("modelscope")),
    };
  }

  /** Takes up what an earlier console left: paused ones wait, the others go on. */
  recover(): void {
    for (const { draft, record } of readRecords(this.options.home)) {
      const download = this.open(record, draft);
      this.downloads.set(download.key, download);
      if (!record.paused) download.start();
    }
  }

  settings(): HubSettings {
    const { hub, hf_endpoint } = this.options.settings.read();
    const each = <T>(of: (name: DownloadHub) => T) =>
      Object.fromEntries(DOWNLOAD_HUBS.map((name) => [name, of(name)])) as Record<DownloadHub, T>;
    return {
      hub,
      hf_endpoint,
      endpoints: each((name) => this.endpoint(name)),
      tokens: each((name) => this.secrets.token(name) !== null),
    };
  }

  async update({ token, ...change }: UpdateHub): Promise<HubSettings> {
    if (token) this.secrets.set(token.hub, token.value);
    if (Object.keys(change).length > 0) await this.options.settings.write(change);
    return this.settings();
  }

  /** What would be downloaded, without doing it. @throws AppError with words for what the hub answered */
  async preview(request: Omit<StartDownload, "files">): Promise<HubPreview> {
    const { address, repository, choice } = await this.look(request);
    const bytes = choice.files.reduce((sum, file) => sum + file.bytes, 0);
    const config = choice.files.find((file) => file.path === "config.json");
    const text =
      address.kind === "model" && config && config.bytes < LARGEST_CONFIG
        ? await this.clients[address.hub].text(pinned(address, repository.commit), "config.json")
        : null;
    const landing = path.join(this.options.home, landingFolder(address.kind));
    mkdirSync(landing, { recursive: true });
    return {
      ...address,
      commit: repository.commit,
      files: choice.files.map((file) => ({ path: file.path, bytes: file.bytes })),
      skipped: choice.skipped,
      bytes,
      target: landingPlace(address),
      exists: existsSync(path.join(this.options.home, landingPlace(address))),
      free_bytes: await (this.options.freeBytes ?? freeBytes)(landing),
      license: repository.license,
      gated: repository.gated,
      ...(text === null ? { family: null, shape: null } : this.options.readConfig(text)),
      problem: whyUseless(address.kind, choice),
    };
  }

  /** Newest first. */
  list(): Download[] {
    return [...this.downloads.values()]
      .map((download) => download.describe())
      .sort((a, b) => b.started_at.localeCompare(a.started_at));
  }

  /** Looks at the repository and begins. @throws AppError busy where it is on its way already */
  async start(request: StartDownload): Promise<Download> {
    const { address, repository, choice } = await this.look(request);
    const wanted = request.files && new Set(request.files);
    const files = choice.files.filter((file) => !wanted || wanted.has(file.path));
    const problem = whyUseless(address.kind, { ...choice, files });
    if (problem) throw new AppError("unsupported", problem);
    const draft = draftFolder(this.options.home, address);
    const download = this.open(
      {
        ...pinned(address, repository.commit),
        files,
        paused: false,
        started_at: new Date().toISOString(),
      },
      draft,
    );
    const earlier = this.downloads.get(download.key);
    if (earlier?.isGoing) throw new AppError("busy", `${address.id} is being downloaded already.`);
    this.downloads.set(download.key, download);
    download.start();
    return download.describe();
  }

  async pause(key: string): Promise<Download> {
    const download = this.find(key);
    await download.pause();
    return download.describe();
  }

  resume(key: string): Download {
    const download = this.find(key);
    download.start();
    return download.describe();
  }

  /** Ends a download, or takes a finished one off the list. */
  async cancel(key: string): Promise<{ removed: number }> {
    const download = this.find(key);
    const removed = await download.cancel();
    this.downloads.delete(key);
    return { removed };
  }

  /** Takes the tokens out of a text. */
  redact(text: string): string {
    return this.secrets.redact(text);
  }

  /** Variables that make LLaMA-Factory use the chosen hub. */
  engineEnvironment(): Record<string, string> {
    const { hub } = this.options.settings.read();
    return {
      ...(hub === "modelscope" && { USE_MODELSCOPE_HUB: "1" }),
      ...(hub === "openmind" && { USE_OPENMIND_HUB: "1" }),
      ...(this.endpoint("huggingface") !== USUAL_ENDPOINT.huggingface && {
        HF_ENDPOINT: this.endpoint("huggingface"),
      }),
    };
  }

  /** Stops what is going without forgetting it. */
  async close(): Promise<void> {
    await Promise.all([...this.downloads.values()].map((download) => download.halt()));
  }

  private async look({ hub, kind, id, revision }: Omit<StartDownload, "files">) {
    const chosen = hub ?? this.chosenHub();
    const address = { hub: chosen, kind, id, revision: revision ?? MAIN_BRANCH[chosen] };
    const repository = await this.clients[chosen].describe(address).catch((error: unknown) => {
      throw error instanceof AppError ? new AppError(error.code, this.redact(error.message)) : error;
    });
    return { address, repository, choice: chooseFiles(kind, repository.files) };
  }

  private chosenHub(): DownloadHub {
    const { hub } = this.options.settings.read();
    if (hub !== "openmind") return hub;
    throw new AppError(
      "unsupported",
      "openMind's files come only through its own Python library: LLaMA-Factory downloads them when a run starts. Choose another hub to download here.",
    );
  }

  private open(record: DownloadRecord, draft: string): RepositoryDownload {
    const { home, onDataset, patienceMs, freeBytes: free } = this.options;
    return new RepositoryDownload(record, {
      home,
      draft,
      client: this.clients[record.hub],
      redact: (text) => this.redact(text),
      patienceMs,
      freeBytes: free,
      onFinished: async ({ target }) =>
        record.kind === "model"
          ? []
          : onDataset({ id: record.id, folder: target, files: record.files.map((file) => file.path) }),
    });
  }

  private find(key: string): RepositoryDownload {
    const download = this.downloads.get(key);
    if (!download) throw new AppError("not_found", `There is no download ${key}.`);
    return download;
  }

  /** A hub's address and token: for requests to that hub and nothing else. */
  access(hub: DownloadHub): HubAccess {
    return { endpoint: this.endpoint(hub), token: this.secrets.token(hub) };
  }

  /** Set by hand, else the environment's, else the usual one. */
  private endpoint(hub: DownloadHub): string {
    const environment = this.options.environment ?? process.env;
    const named =
      hub === "huggingface"
        ? (this.options.settings.read().hf_endpoint ?? environment["HF_ENDPOINT"])
        : environment["MODELSCOPE_ENDPOINT"];
    return (named?.trim() || USUAL_ENDPOINT[hub]).replace(/\/+$/, "");
  }
}

/** What is fetched must be what was looked at, even if the branch moves on meanwhile. */
function pinned(address: RepositoryAddress, commit: string | null): RepositoryAddress {
  return { ...address, revision: commit ?? address.revision };
}

function whyUseless(kind: HubKind, { files, skipped }: ReturnType<typeof chooseFiles>): string | null {
  if (kind === "dataset")
    return files.some(({ path: name }) => DATA_FILE.test(name))
      ? null
      : "It has no data files of a kind that is read here (json, jsonl, csv, parquet, txt). Scripts are never run.";
  if (files.some(({ path: name }) => name.endsWith(".safetensors"))) return null;
  if (skipped.some(({ reason }) => reason === "pickle"))
    return "It has pickled weights only, which can run code when opened and are never downloaded. Look for a repository with safetensors.";
  return "It has no weights in safetensors.";
}
