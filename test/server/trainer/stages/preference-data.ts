/** A small data folder for the stages that compare answers. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../train/tiny-run";

/** Answers that a tiny model can tell apart. */
const PAIRS = ["red", "green", "blue", "black"].map((colour, i) => ({
  instruction: `Say ${colour}.`,
  input: "",
  chosen: `${colour} ${colour} ${colour} it is.`,
  rejected: `No, I will not say that, not number ${i}.`,
}));

/** A data folder with four pairs, and the same eight answers one by one. */
export async function preferenceData(): Promise<string> {
  const folder = await temporaryFolder();
  const answers = PAIRS.flatMap(({ instruction, input, chosen, rejected }) => [
    { instruction, input, output: chosen, liked: true },
    { instruction, input, output: rejected, liked: false },
  ]);
  writeFileSync(path.join(folder, "pairs.json"), JSON.stringify(PAIRS));
  writeFileSync(path.join(folder, "answers.json"), JSON.stringify(answers));
  writeFileSync(
    path.join(folder, "dataset_info.json"),
    JSON.stringify({
      pairs: {
        file_name: "pairs.json",
        ranking: true,
        columns: { prompt: "instruction", query: "input", chosen: "chosen", rejected: "rejected" },
      },
      answers: {
        file_name: "answers.json",
        columns: { prompt: "instruction", query: "input", response: "output", kto_tag: "liked" },
      },
    }),
  );
  return folder;
}
