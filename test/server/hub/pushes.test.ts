/** Pushes to a local hub: what is shown before, what arrives, who is told the token, and what goes wrong. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPushing, type PlanPush, type Push } from "@/server/contract/hub-push";
import { Pushes, type PushSource } from "@/server/hub/pushes";
import { startLocalHub, type HubFile, type LocalHub } from "./local-hub";

const TOKEN = "hf_secretsecretsecret";
const weights = Buffer.alloc(2_500_000, 7);

let local: LocalHub;
let home: string;
let token: string | null;
let pushes: Pushes;

beforeEach(async () => {
  local = await startLocalHub();
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-push-"));
  token = TOKEN;
  local.writes.accounts.set(TOKEN, { name: "ada", orgs: ["lab"] });
  await mkdir(path.join(home, "models/tiny"), { recursive: true });
  await write({
    "model.safetensors": weights,
    "config.json": '{\n  "_name_or_path": "models/tiny",\n  "rope_theta": 10000.0\n}\n',
    "README.md": card("models/tiny"),
    "trainer_log.jsonl": "{}",
    "optimizer.pt": "pickle",
    ".env": "SECRET=1",
  });
  pushes = openPushes();
});
afterEach(async () => {
  await pushes.close();
  await local.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

const card = (base: string) =>
  `---\nlibrary_name: peft\nbase_model: ${base}\ntags:\n- base_model:adapter:${base}\n- lora\n---\n\n# x\n\nA fine-tuned version of [${base}](https://huggingface.co/${base}).\n`;

async function write(files: Record<string, string | Buffer>): Promise<void> {
  await mkdir(path.join(home, "out"), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(home, "out", name), content);
}

function openPushes(): Pushes {
  return new Pushes({
    home,
    access: () => ({ endpoint: local.url, token }),
    redact: (text) => text.replaceAll(TOKEN, "[token]"),
    source: (id): Promise<PushSource> =>
      Promise.resolve({ folder: path.join(home, "out"), label: id, base: "models/tiny", card: "# none\n" }),
  });
}

const wish = (change: Partial<PlanPush> = {}): PlanPush => ({
  source: "export:x",
  repo: "ada/mine",
  visibility: "private",
  ...change,
});

async function push(change: Partial<PlanPush> = {}): Promise<Push> {
  const { seal } = await pushes.plan(wish(change));
  const { id } = await pushes.start({ ...wish(change), seal });
  await expect.poll(() => isPushing(find(id)), { timeout: 20_000 }).toBe(false);
  return find(id);
}
const find = (id: string) => pushes.list().find((each) => each.id === id)!;
function textAt(repo: string, file: string): string {
  const found = local.models.get(repo)!.files[file];
  return Buffer.isBuffer(found) ? found.toString("utf8") : "";
}

describe("the plan of a push", () => {
  it("names repository, account, visibility, files and bytes, and sends nothing", async () => {
    const plan = await pushes.plan(wish());
    expect(plan).toMatchObject({
      repo: "ada/mine",
      endpoint: local.url,
      account: "ada",
      exists: false,
      visibility: "private",
      kept_back: ["optimizer.pt", "trainer_log.jsonl"],
    });
    expect(plan.files.map(({ path: name, changed }) => [name, changed])).toEqual([
      ["config.json", true],
      ["model.safetensors", false],
      ["README.md", true],
    ]);
    expect(plan.bytes).toBe(plan.files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(local.writes).toMatchObject({ created: [], commits: [], received: [] });
  });

  it("says that a repository is there and how it is seen, whatever was asked for", async () => {
    local.models.set("lab/old", { files: {}, private: false });
    expect(await pushes.plan(wish({ repo: "lab/old" }))).toMatchObject({
      exists: true,
      visibility: "public",
    });
  });

  it.each([
    ["no token", null, {}, /needs a token with the role "write"/],
    ["a token of something else", "ms-12345678", {}, /begin with hf_/],
    ["a token that is not known", "hf_unknownunknown", {}, /does not accept the token.*Settings/],
    ["somebody else's name", TOKEN, { repo: "eve/mine" }, /is ada's, and eve is neither.*ada\/mine/],
  ])("with %s is refused in words", async (_, given, change, words) => {
    token = given;
    await expect(pushes.plan(wish(change))).rejects.toThrow(words);
  });

  it("with a token that may only read is refused before anything is asked", async () => {
    local.writes.accounts.set(TOKEN, { name: "ada", role: "read" });
    await expect(pushes.plan(wish())).rejects.toThrow(/may only read/);
  });

  it("of a mirror that takes no files, and without a network, is refused in words", async () => {
    local.writes.trouble = { refuse: { at: "whoami", status: 404 } };
    await expect(pushes.plan(wish())).rejects.toThrow(/mirror that only hands out files/);
    await local.close();
    await expect(pushes.plan(wish())).rejects.toThrow(/cannot be reached/);
    local = await startLocalHub();
  });
});

describe("a push", () => {
  it("makes the repository, sends weights to the storage and commits; the storage never sees the token", async () => {
    expect(await push()).toMatchObject({
      state: "finished",
      done_bytes: expect.any(Number) as number,
      url: `${local.url}/ada/mine`,
      error: null,
    });
    expect(local.writes.created).toEqual([{ repo: "ada/mine", visibility: "private" }]);
    expect(local.writes.commits).toMatchObject([
      { repo: "ada/mine", files: ["config.json", "model.safetensors", "README.md"] },
    ]);
    expect(
      weights.equals((local.models.get("ada/mine")!.files["model.safetensors"] as HubFile).content),
    ).toBe(true);
    // In parts, each with a length.
    expect([...local.writes.received].sort((a, b) => b - a)).toEqual([1_048_576, 1_048_576, 402_848]);
    expect(local.seen.filter(({ host }) => host === "cdn").map((each) => each.token)).not.toContain(TOKEN);
    expect(pushes.list()[0]!.done_bytes).toBe(pushes.list()[0]!.total_bytes);
  });

  it("sends no path of this machine: a base model's id in its place, or nothing", async () => {
    await push({ base_model: null });
    expect(textAt("ada/mine", "config.json")).toBe(
      '{\n  "_name_or_path": null,\n  "rope_theta": 10000.0\n}\n',
    );
    expect(textAt("ada/mine", "README.md")).not.toMatch(/models\/tiny|base_model/);
    await push({ base_model: "Qwen/Qwen3-0.6B" });
    expect(textAt("ada/mine", "config.json")).toContain('"_name_or_path": "Qwen/Qwen3-0.6B"');
    expect(textAt("ada/mine", "README.md")).toContain(
      "base_model: Qwen/Qwen3-0.6B\ntags:\n  - base_model:adapter:Qwen/Qwen3-0.6B\n  - lora\n---",
    );
    expect(textAt("ada/mine", "README.md")).toContain(
      "[Qwen/Qwen3-0.6B](https://huggingface.co/Qwen/Qwen3-0.6B)",
    );
    // The second time the weights were there.
    expect(local.writes.received).toHaveLength(3);
  });

  it("takes the last part of a local path for no hub's id", async () => {
    await write({ "README.md": card("tiny") });
    await push({ base_model: null });
    expect(textAt("ada/mine", "README.md")).not.toContain("base_model");
  });

  it("that nobody has seen, or that is no longer what was seen, does not begin", async () => {
    await expect(pushes.start({ ...wish(), seal: "guessed" })).rejects.toThrow(
      /has changed since it was shown/,
    );
    const { seal } = await pushes.plan(wish());
    await expect(pushes.start({ ...wish({ visibility: "public" }), seal })).rejects.toThrow(/has changed/);
    await write({ "config.json": "{}" });
    await expect(pushes.start({ ...wish(), seal })).rejects.toThrow(/has changed/);
    expect(local.writes).toMatchObject({ created: [], commits: [] });
    expect(pushes.list()).toEqual([]);
  });

  it.each([
    [{ at: "create", status: 409 }, "busy", /name ada\/mine is taken/],
    [
      { at: "create", status: 403, error: "No right" },
      "forbidden",
      /may not write to ada\/mine \("No right"\)/,
    ],
    [{ at: "preupload", status: 401 }, "forbidden", /does not accept the token/],
    [{ at: "storage", status: 403 }, "engine_failed", /storage answered 403.*not sent twice/],
    [
      { at: "commit", status: 400, error: "bad license" },
      "engine_failed",
      /400 for ada\/mine \("bad license"\)/,
    ],
    [{ at: "commit", status: 412 }, "busy", /has changed while/],
    [{ at: "commit", status: 503 }, "engine_failed", /trouble on its side/],
  ] as const)("refused with %j says why, and shows no signed address", async (refuse, code, words) => {
    local.writes.trouble = { refuse };
    const failed = await push();
    expect(failed).toMatchObject({ state: "failed", error: { code } });
    expect(failed.error!.message).toMatch(words);
    expect(failed.error!.message).not.toMatch(/s3cret|hf_/);
    expect(local.writes.commits).toEqual([]);
  });

  it("can be cancelled; no commit shows what had arrived", async () => {
    local.writes.trouble = { silentStorage: true };
    const { seal } = await pushes.plan(wish());
    const { id } = await pushes.start({ ...wish(), seal });
    await expect.poll(() => find(id).done_bytes, { timeout: 20_000 }).toBeGreaterThan(1e6);
    await expect(pushes.start({ ...wish({}), seal: (await pushes.plan(wish())).seal })).rejects.toThrow(
      /on their way to ada\/mine already/,
    );
    expect(() => pushes.forget(id)).toThrow(/Cancel it first/);
    expect(await pushes.cancel(id)).toMatchObject({ state: "cancelled", url: null });
    expect(local.writes.commits).toEqual([]);
    pushes.forget(id);
    expect(openPushes().list()).toEqual([]);
  });

  it("that ended with its console is told of by the next one", async () => {
    local.writes.trouble = { silentStorage: true };
    const { seal } = await pushes.plan(wish());
    const { id } = await pushes.start({ ...wish(), seal });
    expect(openPushes().list()).toMatchObject([
      { id, state: "failed", error: { message: expect.stringMatching(/console ended/) as string } },
    ]);
  });
});
