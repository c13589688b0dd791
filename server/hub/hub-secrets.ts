/**
 * The hubs' tokens: one file in the home folder that only its owner may read. They leave this module towards the hubs
 * alone; `redact` takes them out of every text that is shown or logged.
 */
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { DOWNLOAD_HUBS, type DownloadHub } from "@/server/contract/hub";
import { writeWholeNow } from "@/server/disk/whole-file";

export const TOKEN_FILE = "hub-tokens.json";
const OWNER_ONLY = 0o600;
const fileSchema = z.partialRecord(z.enum(DOWNLOAD_HUBS), z.string().min(1));

/** Where the hubs' own programs look for a token. */
const ENVIRONMENT: Record<DownloadHub, readonly string[]> = {
  huggingface: ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"],
  modelscope: ["MODELSCOPE_API_TOKEN"],
};

export class HubSecrets {
  private readonly file: string;

  constructor(
    home: string,
    private readonly environment: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    this.file = path.join(home, TOKEN_FILE);
  }

  /** The kept token, else the environment's; null where there is none. */
  token(hub: DownloadHub): string | null {
    const named = ENVIRONMENT[hub].map((name) => this.environment[name]?.trim()).find(Boolean);
    return this.kept()[hub] ?? named ?? null;
  }

  /** Keeps a token; null forgets it. */
  set(hub: DownloadHub, token: string | null): void {
    const kept = this.kept();
    if (token === null) delete kept[hub];
    else kept[hub] = token;
    if (Object.keys(kept).length === 0) {
      rmSync(this.file, { force: true });
      return;
    }
    writeWholeNow(this.file, JSON.stringify(kept), OWNER_ONLY);
  }

  /** The text without any token that is known here. */
  redact(text: string): string {
    return DOWNLOAD_HUBS.reduce((shown, hub) => {
      const token = this.token(hub);
      return token === null ? shown : shown.replaceAll(token, "[token]");
    }, text);
  }

  private kept(): z.infer<typeof fileSchema> {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.file, "utf8")));
    } catch {
      return {};
    }
  }
}
