/**
 * `tuneboard`: the verbs of the command line, each loaded when it is called, so that a start costs only what it uses.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { AppError } from "./contract/errors";

const program = new Command("tuneboard")
  .description("Fine-tunes language models: the same verbs, YAML files and results as llamafactory-cli.")
  .version(version(), "-V, --version")
  .showHelpAfterError();

program
  .command("train")
  .description("train as a YAML file says: tuneboard train run.yaml [key=value …]")
  .argument("[words...]", "a .yaml or .json file, then key=value or --key value")
  .allowUnknownOption()
  .helpOption("-h, --help")
  .action(async (words: string[]) => {
    const { trainCommand } = await import("./trainer/train/train-command");
    const signal = stopSignal();
    process.exitCode = await trainCommand(words, { terminal: quietTerminal(), signal });
    // What was still being loaded when the stop came is not waited for.
    if (signal.aborted) process.stdout.write("", () => process.exit());
  });

program
  .command("api")
  .description("serve a model and its adapters as OpenAI's HTTP API: tuneboard api config.yaml [key=value …]")
  .argument("[words...]", "a .yaml or .json file, then key=value or --key value")
  .allowUnknownOption()
  .addHelpText(
    "after",
    "\nEnvironment: API_HOST (127.0.0.1), API_PORT (8000; 0 takes any free port), API_KEY (none).",
  )
  .action((words: string[]) =>
    orOneLine(async () => (await import("./trainer/api/api-command")).runApi(words)),
  );

program
  .command("chat")
  .description("chat with a model in the terminal: tuneboard chat config.yaml [key=value …]")
  .argument("[words...]", "a .yaml or .json file, then key=value or --key value")
  .allowUnknownOption()
  .action((words: string[]) =>
    orOneLine(async () => (await import("./trainer/api/terminal-chat")).runChat(words)),
  );

program
  .command("export")
  .description(
    "merge adapters into a model and write it for other programs: tuneboard export export.yaml [key=value …]",
  )
  .argument("[words...]", "a .yaml or .json file, then key=value or --key value")
  .allowUnknownOption()
  .addHelpText("after", "\nexport_gguf: f16 or q8_0 adds a GGUF file for llama.cpp and Ollama.")
  .action((words: string[]) =>
    orOneLine(async () => {
      const { runExport } = await import("./trainer/export/export-command");
      await runExport(words, (line) => console.log(line));
    }),
  );

program
  .command("self-test", { hidden: true })
  .description("ask an exported folder and what it was made of the same, and compare the answers")
  .argument("[words...]", "the words of an export")
  .allowUnknownOption()
  .action((words: string[]) =>
    orOneLine(async () => {
      const { runSelfTest } = await import("./trainer/export/export-command");
      await runSelfTest(words, (line) => console.log(line));
    }),
  );

program
  .command("score", { hidden: true })
  .description("score the predictions in a run's folder, each row by itself")
  .argument("<folder>", "where generated_predictions.jsonl lies")
  .action((folder: string) =>
    orOneLine(async () => {
      const { scorePredictions } = await import("./trainer/predict/score-command");
      console.log(`${await scorePredictions(folder)} predictions scored.`);
    }),
  );

program
  .command("preview", { hidden: true })
  .description(
    "answer the console's questions about rows of data sets, one JSON object a line on stdin and stdout",
  )
  .action(async () => {
    const { servePreviews } = await import("./trainer/data/preview-command");
    await servePreviews(process.stdin, process.stdout);
  });

program
  .command("starter")
  .description("make the starter model and the datasets that ship again")
  .option("--work <folder>", "where corpus, logs and runs go; emptied first", "workspace/starter-build")
  .action(async ({ work }: { work: string }) => {
    const { starterCommand } = await import("./starter/starter-command");
    process.exitCode = await starterCommand({ root: rootFolder(), workFolder: work });
  });

program
  .command("gpu")
  .description(
    "the library that lets executor: tfjs compute on an NVIDIA card: tuneboard gpu [status|install]",
  )
  .argument("[what]", "status, or install: fetches about 500 MB", "status")
  .action((what: string) =>
    orOneLine(async () => {
      const { gpuLibraryInstaller } = await import("./engines/gpu-library");
      const installer = gpuLibraryInstaller(rootFolder());
      const install = () => installer.install((line) => console.log(line));
      const { state, detail } = what === "install" ? await install() : installer.state();
      console.log(`${state}: ${detail}`);
      if (state === "failed") process.exitCode = 1;
    }),
  );

program
  .command("version")
  .description("print the version")
  .action(() => console.log(version()));

program
  .command("env")
  .description("print what a bug report needs to know about this machine and its engines")
  .option(
    "--llamafactory <path>",
    "llamafactory-cli, or the virtual environment that it is in; on PATH where missing",
  )
  .action(async ({ llamafactory }: { llamafactory?: string }) => {
    const { environmentReport } = await import("./trainer/train/environment");
    console.log(await environmentReport(version()));
    const { llamaFactoryReport } = await import("./engines/engine-report");
    console.log(await llamaFactoryReport(llamafactory ?? process.env.TUNEBOARD_LLAMAFACTORY ?? null));
  });

await program.parseAsync();

/** Runs a verb; an expected failure becomes one line on stderr and exit code 1. */
async function orOneLine(verb: () => Promise<void>): Promise<void> {
  try {
    await verb();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The repository's folder. */
function rootFolder(): string {
  return fileURLToPath(new URL("..", import.meta.url));
}

/** The version of package.json, which lies beside the bundle's folder as it does beside this file's. */
function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Output that outlives its reader: a console that is gone must not end the training. */
function quietTerminal() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
  };
}

/**
 * Aborted by the first SIGTERM or Ctrl-C; a second one ends the program at once. One key press may arrive twice, from the
 * terminal and from npx, so what comes within two seconds is the same request.
 */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let askedAt = 0;
  const stop = () => {
    if (controller.signal.aborted && Date.now() - askedAt > 2000) process.exit(130);
    if (!controller.signal.aborted) askedAt = Date.now();
    controller.abort();
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, stop);
  return controller.signal;
}
