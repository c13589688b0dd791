/** `pushes/<id>.json` in the home folder: one push, as it was begun and as it ended. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { isPushing, type Push, pushSchema } from "@/server/contract/hub-push";
import { writeWholeNow } from "@/server/disk/whole-file";

const FOLDER = "pushes";

/** Every readable record. One that nobody has ended was taken along by its console. */
export function readPushRecords(home: string): Push[] {
  const folder = path.join(home, FOLDER);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const parsed = pushSchema.safeParse(JSON.parse(readFileSync(path.join(folder, name), "utf8")));
      return parsed.success && `${parsed.data.id}.json` === name ? [ended(parsed.data)] : [];
    } catch {
      return [];
    }
  });
}

export function writePushRecord(home: string, push: Push): void {
  mkdirSync(path.join(home, FOLDER), { recursive: true });
  writeWholeNow(recordFile(home, push.id), `${JSON.stringify(push, null, 2)}\n`);
}

export function removePushRecord(home: string, id: string): void {
  rmSync(recordFile(home, id), { force: true });
}

function recordFile(home: string, id: string): string {
  return path.join(home, FOLDER, `${id}.json`);
}

function ended(push: Push): Push {
  if (!isPushing(push)) return push;
  return {
    ...push,
    state: "failed",
    ended_at: push.started_at,
    error: {
      code: "cancelled",
      message: "The console ended while it was on its way. Push again: what has arrived is not sent twice.",
    },
  };
}
