import { describe, expect, it } from "vitest";
import { configFor, dataFolder, rowsOf } from "./tiny-data";

async function align(entry: Record<string, unknown>, row: Record<string, unknown>, ranking = false) {
  const folder = dataFolder({ rows: { file_name: "rows.json", ranking, ...entry } }, { "rows.json": [row] });
  const { train } = await rowsOf(configFor(folder, { stage: ranking ? "dpo" : "sft" }), ranking);
  return train[0]!;
}

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

describe("the alpaca format", () => {
  const columns = {
    prompt: "q",
    query: "more",
    response: "a",
    history: "before",
    system: "sys",
    tools: "tools",
  };

  it("joins instruction and input, and puts earlier turns first", async () => {
    const row = {
      q: "Q",
      more: "M",
      a: "A",
      before: [["q0", "a0"]],
      sys: "S",
      tools: [{ name: "f", n: 1.5 }],
    };
    const example = await align({ columns }, row);
    expect(example.prompt).toEqual([user("q0"), assistant("a0"), user("Q\nM")]);
    expect(example.response).toEqual([assistant("A")]);
    expect([example.system, example.tools]).toEqual(["S", '[{"name": "f", "n": 1.5}]']);
  });

  it("needs no input column, and leaves rows without an answer to be dropped", async () => {
    expect((await align({}, { instruction: "Q", output: "A" })).prompt).toEqual([user("Q")]);
    expect((await align({}, { instruction: "Q", input: "", output: null })).response).toEqual([]);
  });

  it("reads preference pairs and feedback", async () => {
    const pair = { instruction: "Q", better: "B", worse: "W" };
    const mapping = { prompt: "instruction", chosen: "better", rejected: "worse" };
    expect((await align({ columns: mapping }, pair, true)).response).toEqual([
      assistant("B"),
      assistant("W"),
    ]);
    const feedback = { prompt: "q", response: "a", kto_tag: "ok" };
    expect((await align({ columns: feedback }, { q: "Q", a: "A", ok: true })).response[0]).toEqual(
      assistant("A"),
    );
    expect((await align({ columns: feedback }, { q: "Q", a: "A", ok: false })).response[1]).toEqual(
      assistant("A"),
    );
  });

  it("names the file, the row, the column and the columns present", async () => {
    await expect(align({}, { instruction: "Q", answer: "A" })).rejects.toThrow(
      /data set "rows" \(.*rows\.json, row 1\) has no column "output", which is its response\. Columns present: instruction, answer\. .*"columns" in .*dataset_info\.json/,
    );
    await expect(align({}, { instruction: 5, output: "A" })).rejects.toThrow(
      /column "instruction" is 5, text is needed/,
    );
    const broken = align({ columns }, { q: "Q", a: "A", before: [["only one"]] });
    await expect(broken).rejects.toThrow(/turn 1 of its history is \["only one"\]/);
  });
});

describe("media", () => {
  const columns = { prompt: "q", response: "a", images: "pictures" };

  it("is refused by name rather than trained on as text", async () => {
    const row = { q: "<image>What is it?", a: "A cat." };
    await expect(align({ columns }, { ...row, pictures: ["cat.png"] })).rejects.toThrow(
      /row 1\): it holds images/,
    );
    expect((await align({ columns }, { ...row, pictures: [] })).response).toHaveLength(1);
  });
});

describe("the sharegpt format", () => {
  const from = (role: string, value: unknown) => ({ from: role, value });
  const conversation = (...messages: unknown[]) => ({ conversations: messages });
  const entry = { formatting: "sharegpt" };

  it("takes the system message out and keeps tools and their calls apart", async () => {
    const row = conversation(
      from("system", "S"),
      from("human", "Q"),
      from("function_call", '{"name": "f", "arguments": {}}'),
      from("observation", "O"),
      from("gpt", "A"),
    );
    const example = await align(entry, row);
    expect(example.system).toBe("S");
    expect(example.prompt.map((message) => message.role)).toEqual(["user", "function", "observation"]);
    expect(example.response).toEqual([assistant("A")]);
  });

  it("reads other tags", async () => {
    const tags = { role_tag: "role", content_tag: "content", user_tag: "user", assistant_tag: "assistant" };
    const columns = { messages: "messages", system: "prompt" };
    const row = { messages: [user("Q"), assistant("A")], prompt: "S" };
    const example = await align({ ...entry, tags, columns }, row);
    expect([example.prompt, example.response, example.system]).toEqual([[user("Q")], [assistant("A")], "S"]);
  });

  it.each([
    [[from("gpt", "A")], /message 1 has the role "gpt" out of turn/],
    [[from("human", "Q"), from("human", "Q")], /message 2 has the role "human"/],
    [[from("human", "Q")], /1 messages, which do not pair up/],
  ])("marks a broken conversation, to be dropped", async (messages, reason) => {
    const example = await align(entry, conversation(...messages));
    expect(example.prompt).toEqual([]);
    expect(example.broken).toMatch(reason);
  });

  it("names what is wrong with a message", async () => {
    const missing = align(entry, conversation({ from: "human", text: "Q" }, from("gpt", "A")));
    await expect(missing).rejects.toThrow(
      /message 1 has missing as "value", text is needed\. Its keys are: from, text/,
    );
    await expect(align(entry, { conversations: "Q" })).rejects.toThrow(
      /its messages are "Q", a list is needed/,
    );
    await expect(align(entry, { messages: [] })).rejects.toThrow(/no column "conversations"/);
  });

  it("reads preference pairs after a conversation that ends with the user", async () => {
    const columns = { messages: "conversations", chosen: "c", rejected: "r" };
    const row = { ...conversation(from("human", "Q")), c: from("gpt", "B"), r: from("gpt", "W") };
    const example = await align({ ...entry, columns }, row, true);
    expect([example.prompt, example.response]).toEqual([[user("Q")], [assistant("B"), assistant("W")]]);
    await expect(align({ ...entry, columns }, { ...row, r: "W" }, true)).rejects.toThrow(
      /its rejected answer is "W"/,
    );
  });
});

describe("the openai format", () => {
  const tags = {
    role_tag: "role",
    content_tag: "content",
    user_tag: "user",
    assistant_tag: "assistant",
    observation_tag: "tool",
    function_tag: "function",
    system_tag: "system",
  };
  const entry = { formatting: "openai", tags, columns: { messages: "messages", tools: "tools" } };

  it("turns tool calls into a function turn and joins the answers of several tools", async () => {
    const calls = ["f", "g"].map((name) => ({ type: "function", function: { name, arguments: { x: 1 } } }));
    const messages = [
      user("Q"),
      { role: "assistant", content: null, tool_calls: calls },
      { role: "tool", content: "1" },
      { role: "tool", content: "2" },
      assistant("A"),
    ];
    const example = await align(entry, { messages, tools: [] });
    expect(example.prompt[1]).toEqual({
      role: "function",
      content: '[{"name": "f", "arguments": {"x": 1}}, {"name": "g", "arguments": {"x": 1}}]',
    });
    expect(example.prompt[2]!.content).toBe("1\n</tool_response>\n<tool_response>\n2");
    expect(example.response).toEqual([assistant("A")]);
  });

  it("names an unknown role", async () => {
    await expect(align(entry, { messages: [{ role: "bot", content: "x" }] })).rejects.toThrow(
      /unknown role "bot"/,
    );
  });
});

describe("contents in parts", () => {
  const tags = {
    ...{ role_tag: "role", content_tag: "content", user_tag: "user", assistant_tag: "assistant" },
    ...{ observation_tag: "tool", function_tag: "function", system_tag: "system" },
  };
  const entry = { formatting: "openai", columns: { messages: "messages" }, tags };
  const part = (type: string, value: string) => ({ type, value });
  const said = (role: string, ...content: unknown[]) => ({ role, content });

  it("are joined: thoughts before answers, calls as a turn of their own", async () => {
    const call = JSON.stringify({ name: "f", arguments: { a: 1 } });
    const messages = [
      said("user", part("text", "Q"), { type: "text", text: "uestion" }),
      said("assistant", part("reasoning", "hm"), part("tool_call", call)),
      said("tool", part("text", "seen")),
      said("assistant", part("reasoning", "so"), part("text", "A")),
    ];
    const { prompt, response } = await align(entry, { messages });
    expect(prompt).toEqual([
      { role: "user", content: "Question" },
      {
        role: "function",
        content: `<think>\nhm\n</think>\n\n[${call.replaceAll(":", ": ").replaceAll(",", ", ")}]`,
      },
      { role: "observation", content: "seen" },
    ]);
    expect(response).toEqual([assistant("<think>\nso\n</think>\n\nA")]);
  });

  it("may weigh answers 1 and the rest 0, which is what training does", async () => {
    const weighed = (weight: number) => ({
      messages: [
        { ...said("user", part("text", "Q")), loss_weight: 0 },
        { ...said("assistant", part("text", "A")), loss_weight: weight },
      ],
    });
    expect((await align(entry, weighed(1))).response).toEqual([assistant("A")]);
    await expect(align(entry, weighed(0.5))).rejects.toThrow(/message 2 has the loss_weight 0\.5/);
  });

  it.each([
    [part("image_url", "cat.png"), /message 1 holds a part of the type "image_url".*text only/],
    [part("smell", "x"), /unknown type "smell"/],
    [part("tool_call", "{"), /tool call "\{", which is not valid JSON/],
    [{ type: "text" }, /whose "value" is no text/],
    [{ value: "x" }, /names no "type"/],
  ])("are refused by name: %j", async (wrong, message) => {
    const messages = [said("user", wrong), said("assistant", part("text", "A"))];
    await expect(align(entry, { messages })).rejects.toThrow(message);
  });

  it("hold pairs as two whole conversations", async () => {
    const pair = { formatting: "openai", ranking: true, columns: { chosen: "yes", rejected: "no" }, tags };
    const asked = said("user", part("text", "Q"));
    const row = {
      yes: [asked, said("assistant", part("text", "A"))],
      no: [asked, said("assistant", part("text", "B"))],
    };
    const { prompt, response } = await align(pair, row, true);
    expect(prompt).toEqual([{ role: "user", content: "Q" }]);
    expect(response).toEqual([assistant("A"), assistant("B")]);
    const other = { ...row, no: [said("user", part("text", "R")), said("assistant", part("text", "B"))] };
    await expect(align(pair, other, true)).rejects.toThrow(/differ before their last message/);
  });
});
