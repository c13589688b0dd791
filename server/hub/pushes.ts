/**
 * Pushes: what would go is planned and sealed, and only a push with that seal goes. Each leaves a small record, so that
 * a console that starts again can tell how it ended. It does not know which folders there are: sources are handed in.
 */
import { createHash, randomBytes } from "node:crypto";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { HUB_ID } from "@/server/contract/hub";
import {
  isPushing,
  type PlanPush,
  type Push,
  type PushPlan,
  type StartPush,
} from "@/server/contract/hub-push";
import { slashedPath } from "@/server/disk/paths";
import type { HubAccess } from "./hub-request";
import { brokenLineError } from "./hub-words";
import {
  makeRepository,
  pushAccount,
  repositoryVisibility,
  sendFiles,
  type PushListener,
} from "./hugging-face-push";
import { isLocalPath, pushedFolder, type PushedFile } from "./push-files";
import { readPushRecords, removePushRecord, writePushRecord } from "./push-record";
import { TransferRate } from "./transfer-rate";

/** A folder that can be pushed. */
export interface PushSource {
  /** Absolute. */
  folder: string;
  label: string;
  /** The base model as it is named here: a folder or a hub's id; null where there is none. */
  base: string | null;
  /** The card that goes where the folder has none. */
  card: string;
}

export interface PushesOptions {
  /** Absolute. */
  home: string;
  access: () => HubAccess;
  redact: (text: string) => string;
  /** @throws AppError not_found, busy where it is still being written */
  source: (id: string) => Promise<PushSource>;
}

interface Going {
  push: Push;
  abort: AbortController;
  rate: TransferRate;
  work: Promise<void>;
}

export class Pushes {
  private readonly going = new Map<string, Going>();

  constructor(private readonly options: PushesOptions) {}

  /** What would go where. Asks the hub; sends no file. @throws AppError with words for what the hub answered */
  async plan(request: PlanPush): Promise<PushPlan> {
    return (await this.prepare(request)).plan;
  }

  /**
   * Begins a push that somebody has seen the plan of.
   * @throws AppError invalid_request where it is no longer that plan, busy where the repository is being pushed to
   */
  async start(request: StartPush): Promise<Push> {
    const { plan, files } = await this.prepare(request);
    if (plan.seal !== request.seal)
      throw new AppError(
        "invalid_request",
        "What would be pushed has changed since it was shown. Nothing has been sent; look at it again.",
      );
    if ([...this.going.values()].some(({ push }) => push.repo === plan.repo))
      throw new AppError("busy", `Files are on their way to ${plan.repo} already.`);
    const push: Push = {
      id: randomBytes(6).toString("hex"),
      source: request.source,
      repo: plan.repo,
      visibility: plan.visibility,
      state: "preparing",
      done_bytes: 0,
      total_bytes: plan.bytes,
      bytes_per_second: null,
      url: null,
      error: null,
      started_at: new Date().toISOString(),
      ended_at: null,
    };
    writePushRecord(this.options.home, push);
    const abort = new AbortController();
    const going: Going = { push, abort, rate: new TransferRate(), work: Promise.resolve() };
    this.going.set(push.id, going);
    going.work = this.run(going, plan, files);
    return this.described(push);
  }

  /** Newest first. */
  list(): Push[] {
    return readPushRecords(this.options.home)
      .map((kept) => this.described(this.going.get(kept.id)?.push ?? kept))
      .sort((a, b) => b.started_at.localeCompare(a.started_at));
  }

  /** Stops one; files that have arrived lie in the hub's storage, but no commit shows them. @throws AppError not_found */
  async cancel(id: string): Promise<Push> {
    const going = this.going.get(id);
    going?.abort.abort(new Error("cancelled"));
    await going?.work;
    return this.find(id);
  }

  /** Forgets one that has ended. @throws AppError not_found, busy while it goes on */
  forget(id: string): void {
    if (isPushing(this.find(id))) throw new AppError("busy", "It is still on its way. Cancel it first.");
    removePushRecord(this.options.home, id);
  }

  /** Leaves off what is on its way; its record tells the next console so. */
  async close(): Promise<void> {
    for (const { abort } of this.going.values()) abort.abort(new Error("closed"));
    await Promise.all([...this.going.values()].map(({ work }) => work));
  }

  private async prepare({ source: id, repo, visibility, base_model }: PlanPush) {
    const { home } = this.options;
    const access = this.options.access();
    const source = await this.options.source(id);
    const baseModel = base_model === undefined ? hubIdOf(home, source.base) : base_model;
    const ask = { access };
    try {
      const account = await pushAccount(ask);
      const owner = repo.split("/")[0]!;
      if (account.owners !== null && !account.owners.includes(owner))
        throw new AppError(
          "forbidden",
          `The token that is kept here is ${account.name}'s, and ${owner} is neither that account nor an organization of it. Choose a name such as ${account.name}/${repo.split("/")[1]}.`,
        );
      const [known, { files, keptBack }] = await Promise.all([
        repositoryVisibility(repo, ask),
        pushedFolder(source.folder, { home, base: source.base, baseModel, card: source.card }),
      ]);
      const plan = {
        repo,
        endpoint: access.endpoint,
        account: account.name,
        exists: known !== null,
        visibility: known ?? visibility,
        base_model: baseModel,
        files: files.map(({ path: name, bytes, changed }) => ({ path: name, bytes, changed })),
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        kept_back: [...keptBack],
      };
      return { plan: { ...plan, seal: sealOf(plan, files) }, files };
    } catch (error) {
      throw this.inWords(error);
    }
  }

  private async run(
    { push, abort, rate }: Going,
    plan: PushPlan,
    files: readonly PushedFile[],
  ): Promise<void> {
    const ask = { access: this.options.access(), signal: abort.signal };
    const shares = new Map<string, number>();
    const listener: PushListener = {
      phase: (phase) => (push.state = phase),
      file: (name, share) => {
        const before = push.done_bytes;
        shares.set(name, Math.max(share, shares.get(name) ?? 0));
        push.done_bytes = files.reduce((sum, file) => sum + file.bytes * (shares.get(file.path) ?? 0), 0);
        rate.add(push.done_bytes - before);
      },
    };
    try {
      if (!plan.exists) await makeRepository(plan.repo, plan.visibility, ask);
      await sendFiles(plan.repo, { ...ask, files, title: "Upload model with Tuneboard", listener });
      Object.assign(push, {
        state: "finished",
        done_bytes: push.total_bytes,
        url: `${plan.endpoint}/${plan.repo}`,
      } satisfies Partial<Push>);
    } catch (error) {
      if (abort.signal.aborted) push.state = "cancelled";
      else {
        const { code, message } = this.inWords(error);
        Object.assign(push, { state: "failed", error: { code, message } } satisfies Partial<Push>);
      }
    }
    push.ended_at = new Date().toISOString();
    this.going.delete(push.id);
    writePushRecord(this.options.home, push);
  }

  private inWords(error: unknown): AppError {
    const { code, message } = brokenLineError(error, "huggingface");
    return new AppError(code, this.options.redact(message));
  }

  private described(push: Push): Push {
    const rate = this.going.get(push.id)?.rate.perSecond() ?? null;
    return { ...push, done_bytes: Math.round(push.done_bytes), bytes_per_second: rate };
  }

  private find(id: string): Push {
    const push = this.list().find((each) => each.id === id);
    if (!push) throw new AppError("not_found", `There is no push with the id ${id}.`);
    return push;
  }
}

/** A model's id on the hub: downloads lie below models/ under their ids. */
function hubIdOf(home: string, base: string | null): string | null {
  if (base === null) return null;
  const landed = /^models\/([^/]+\/[^/]+)$/.exec(slashedPath(home, path.resolve(home, base)))?.[1] ?? null;
  const id = isLocalPath(home, base) ? landed : base;
  return id !== null && HUB_ID.test(id) ? id : null;
}

/** The same only while everything that the plan shows, and the files' contents, are the same. */
function sealOf(plan: Omit<PushPlan, "seal">, files: readonly PushedFile[]): string {
  return createHash("sha256")
    .update(JSON.stringify([plan, files.map(({ mark }) => mark)]))
    .digest("hex");
}
