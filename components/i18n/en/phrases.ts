/**
 * The sentences that the console makes itself and pages show, in English as they come: `{…}` stands for what is put in.
 * Other languages say them again (`<language>/phrases.ts`); a test finds them in the console's sources, and there none
 * that is missing here.
 */
import aboutConsole from "./phrases/console";
import datasets from "./phrases/datasets";
import engines from "./phrases/engines";
import hubs from "./phrases/hubs";
import runs from "./phrases/runs";

const phrases = { engines, runs, datasets, hubs, console: aboutConsole } as const;
export default phrases;

type Phrases = typeof phrases;

/** Every sentence about something, in another language. */
export type PhrasesOf<Part extends keyof Phrases> = Readonly<Record<Phrases[Part][number], string>>;
