/** `tuneboard starter`: where the build's folders lie, what runs the training, and how a failure is told. */
import path from "node:path";
import { AppError } from "../contract/errors";
import { buildStarter } from "./build-starter";

export interface StarterCommand {
  /** The repository's folder. */
  readonly root: string;
  /** For everything made on the way; emptied first. Relative to the working directory. */
  readonly workFolder: string;
}

/** Makes the starter again. @returns the exit code */
export async function starterCommand({ root, workFolder }: StarterCommand): Promise<0 | 1> {
  const shipped = path.join(root, "server", "starter");
  try {
    await buildStarter({
      workFolder: path.resolve(workFolder),
      modelFolder: path.join(shipped, "model"),
      dataFolder: path.join(shipped, "data"),
      program: [process.execPath, path.join(root, "server", "bin", "tuneboard.mjs")],
      log: (line) => console.log(line),
    });
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(`Error: ${error.message}`);
    return 1;
  }
}
