/** Where this system keeps what a program can make again: a folder that the user may look into and delete at any time. */
import os from "node:os";
import path from "node:path";

export function userCacheFolder(): string {
  const { env, platform } = process;
  const home = os.homedir();
  if (platform === "win32")
    return path.join(env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"), "tuneboard");
  if (platform === "darwin") return path.join(home, "Library", "Caches", "tuneboard");
  return path.join(env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"), "tuneboard");
}
