/**
 * `tuneboard chat [config.yaml] [key=value …]`: a conversation in the terminal, streamed, as `llamafactory-cli chat`
 * has it. "clear" forgets what was said, "exit" ends; Ctrl-C stops an answer. It computes in this process.
 */
import { createInterface, type Interface } from "node:readline/promises";
import { stdin, stdout } from "node:process";
import { AppError } from "../../contract/errors";
import type { ConversationMessage } from "../generate/prompt-ids";
import { chatModelOptions } from "./api-command";
import { readApiArguments, type ApiConfig } from "./api-config";
import type { ChatEngine } from "./chat-engine";
import { createLocalEngine } from "./local-engine";
import { chatCompletionSchema, toConversation } from "./openai-requests";
import { createServedModels, type ServedModel } from "./served-models";

interface Session {
  readonly engine: ChatEngine;
  readonly config: ApiConfig;
  /** The first adapter that was given, else the base. */
  readonly model: ServedModel;
}

/** @throws AppError where the configuration or the model cannot be used */
export async function runChat(words: readonly string[]): Promise<void> {
  const { config, notes } = await readApiArguments(words);
  for (const note of notes) console.error(`Note: ${note}`);
  const [base, adapter] = createServedModels({ adapters: config.adapter_name_or_path, roots: [] }).list();
  const model = adapter ?? base!;
  const engine = createLocalEngine(chatModelOptions(config));
  try {
    const { weights, loadSeconds } = await engine.ready;
    console.log(
      `${config.model_name_or_path} (${model.name}, ${weights}) is ready after ${loadSeconds.toFixed(1)} s.`,
    );
    console.log('Write a message. "clear" forgets the conversation, "exit" ends it, Ctrl-C stops an answer.');
    await converse({ engine, config, model });
  } finally {
    await engine.close();
  }
}

async function converse(session: Session): Promise<void> {
  const lines = createInterface({ input: stdin, output: stdout, prompt: "\nUser: " });
  let messages: ConversationMessage[] = [];
  lines.prompt();
  // Not `question`: it would lose lines that are piped in faster than answers come.
  for await (const line of lines) {
    const text = line.trim();
    if (text === "exit") break;
    if (text === "clear") {
      messages = [];
      console.log("The conversation is forgotten.");
    } else if (text !== "") {
      const asked = [...messages, { role: "user" as const, content: text }];
      const answer = await showAnswer(session, asked, lines);
      if (answer !== null) messages = [...asked, { role: "assistant", content: answer }];
    }
    lines.prompt();
  }
  lines.close();
}

/** Writes the answer as it comes; returns all of it, or null where the question could not be answered. */
async function showAnswer(
  { engine, config, model }: Session,
  messages: readonly ConversationMessage[],
  lines: Interface,
): Promise<string | null> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  lines.once("SIGINT", stop);
  try {
    const request = chatCompletionSchema.parse({ messages });
    let answer = "";
    stdout.write("Assistant: ");
    for await (const event of engine.chat(
      toConversation(request, config, model.adapterPath),
      controller.signal,
    )) {
      if (event.kind === "text") {
        answer += event.text;
        stdout.write(event.text);
      }
    }
    stdout.write("\n");
    return answer;
  } catch (error) {
    // A conversation that has become too long, for one: the next question may be fine.
    if (!(error instanceof AppError)) throw error;
    console.log(error.message);
    return null;
  } finally {
    lines.off("SIGINT", stop);
  }
}
