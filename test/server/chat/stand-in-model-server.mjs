/**
 * A stand-in for `tuneboard api`: OpenAI's dialect over http, plain node. Answers each chat with its own process number,
 * the model asked for and the last message, word by word. `model_name_or_path` decides how it misbehaves: a folder whose
 * name has "broken" fails to load, one with "slow" writes for ever.
 */
import { createServer } from "node:http";
import { readFileSync } from "node:fs";

const args = readFileSync(process.argv[2], "utf8");
const folder = /model_name_or_path: (.*)/.exec(args)[1];
if (folder.includes("broken")) {
  console.error("Error: the weights are cut short.");
  process.exit(1);
}
process.on("disconnect", () => process.exit(0));
const adapters = new Set(["base"]);

createServer(async (request, response) => {
  const json = (status, value) =>
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  if (request.headers.authorization !== `Bearer ${process.env.API_KEY}`)
    return json(401, { error: { message: "no key" } });
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  if (request.url === "/v1/models") return json(200, { data: [...adapters].map((id) => ({ id })) });
  if (request.url === "/v1/load_lora_adapter") {
    if (body.lora_path.includes("bad"))
      return json(422, { error: { message: "the adapter does not fit the model" } });
    adapters.add(body.lora_name);
    return json(200, {});
  }
  if (!adapters.has(body.model)) return json(404, { error: { message: `no model ${body.model}` } });
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  let closed = false;
  response.on("close", () => (closed = true));
  const words = [
    `pid=${process.pid}`,
    `model=${body.model}`,
    `thinking=${body.chat_template_kwargs.enable_thinking}`,
    body.messages.at(-1).content,
  ];
  for (let i = 0; !closed && (folder.includes("slow") || i < words.length); i++) {
    response.write(
      `data: ${JSON.stringify({ choices: [{ delta: { content: `${words[i] ?? "more"} ` } }] })}\n\n`,
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  response.end("data: [DONE]\n\n");
}).listen(Number(process.env.API_PORT), process.env.API_HOST);
