/** `tuneboard starter`: where the build's folders lie and what runs the training. */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "../contract/errors";
import { buildStarter } from "./build-starter";

export const STARTER_USAGE = `tuneboard starter [--work FOLDER]
Makes the starter model and the shipped datasets again (about half an hour on two cores).
  --work FOLDER   where the corpus, the logs and the runs go; emptied first (default: workspace/starter-build)`;

/**
 * Runs the verb.
 * @param words what follows `tuneboard starter`
 * @param root the repository's folder
 * @throws AppError invalid_request for words that it does not know
 */
export async function starterCommand(words: readonly string[], root: string): Promise<void> {
  const shipped = path.join(root, "server", "starter");
  await buildStarter({
    workFolder: path.resolve(readWorkFolder(words) ?? path.join(root, "workspace", "starter-build")),
    modelFolder: path.join(shipped, "model"),
    dataFolder: path.join(shipped, "data"),
    program: [process.execPath, path.join(root, "server", "bin", "tuneboard.mjs")],
    log: (line) => console.log(line),
  });
}

function readWorkFolder(words: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...words], options: { work: { type: "string" } } }).values.work;
  } catch (error) {
    throw new AppError("invalid_request", `${(error as Error).message}\n${STARTER_USAGE}`, { cause: error });
  }
}
