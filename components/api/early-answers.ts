/**
 * Has the browser ask the console for what a page will need while the page's scripts are still on their way: the first
 * look then waits for one journey, not for two. Server only; `callApi` takes the answers as if it had asked itself.
 */
import { headers } from "next/headers";
import { preload } from "react-dom";

/**
 * Only for a document: a page that is opened from another one asks at once by itself, and an answer that was fetched
 * ahead of a click would be old when it is taken.
 * @param paths of the API, exactly as the page asks for them
 */
export async function askEarly(...paths: readonly `/api/${string}`[]): Promise<void> {
  if ((await headers()).get("sec-fetch-dest") !== "document") return;
  for (const path of paths) preload(path, { as: "fetch", crossOrigin: "anonymous" });
}
