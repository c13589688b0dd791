/** `tuneboard preview`: rows as text and tokens with the labels that training would use, and their lengths. */
import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { encodingSchema, type RenderedRow } from "@/server/contract/datasets";
import type { PreviewReply } from "@/server/contract/preview-protocol";
import { servePreviews } from "@/server/trainer/data/preview-command";

const encoding = encodingSchema.parse({ model_name_or_path: "server/starter/model", template: "chatml" });

async function answers(...requests: Record<string, unknown>[]): Promise<PreviewReply[]> {
  const output = new PassThrough();
  const lines = requests.map((request, id) =>
    JSON.stringify({ id, kind: "render", encoding, name: "x", entry: {}, offset: 0, ...request }),
  );
  await servePreviews(Readable.from([`${lines.join("\n")}\n\n`]), output);
  output.end();
  const text = (await output.toArray()).join("");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PreviewReply);
}

async function rendered(request: Record<string, unknown>): Promise<RenderedRow[]> {
  const [reply] = await answers(request);
  return reply!.rendered!;
}

const learned = (row: RenderedRow, index = 0) =>
  row.texts[index]!.tokens.filter(([, counts]) => counts)
    .map(([text]) => text)
    .join("");
const whole = (row: RenderedRow, index = 0) => row.texts[index]!.tokens.map(([text]) => text).join("");

describe("a rendered row", () => {
  it("is the template's text, cut into tokens of which the answer's count", async () => {
    const [row] = await rendered({ rows: [{ instruction: "Who are you?", output: "I am 漢字 😀." }] });
    expect(row!.problem).toBeNull();
    expect(row!.texts[0]!.text).toBe(
      "<|im_start|>user\nWho are you?<|im_end|>\n<|im_start|>assistant\nI am 漢字 😀.<|im_end|>\n",
    );
    expect(whole(row!)).toBe(row!.texts[0]!.text);
    expect(learned(row!)).toBe("I am 漢字 😀.<|im_end|>\n");
    expect(row!.texts[0]!.length).toBe(row!.texts[0]!.tokens.length);
  });

  it("follows the form: prompts learned too, history masked, ends cut", async () => {
    const rows = [{ instruction: "b", output: "c", history: [["a", "first"]] }];
    const entry = { columns: { prompt: "instruction", response: "output", history: "history" } };
    const [all] = await rendered({ rows, entry, encoding: { ...encoding, train_on_prompt: true } });
    expect(learned(all!)).toBe(whole(all!));
    const [last] = await rendered({ rows, entry, encoding: { ...encoding, mask_history: true } });
    expect(learned(last!)).toBe("c<|im_end|>\n");
    const [cut] = await rendered({ rows, entry, encoding: { ...encoding, cutoff_len: 8 } });
    expect(cut!.texts[0]!.tokens).toHaveLength(8);
    expect(cut!.texts[0]!.length).toBeGreaterThan(8);
  });

  it("has two texts where it has two answers, and says which answer a mark is about", async () => {
    const pair = await rendered({
      entry: { ranking: true, columns: { prompt: "q", chosen: "good", rejected: "bad" } },
      rows: [{ q: "a", good: "yes", bad: "no" }],
    });
    expect(pair[0]!.texts.map(({ label }, i) => [label, learned(pair[0]!, i)])).toEqual([
      ["chosen", "yes<|im_end|>\n"],
      ["rejected", "no<|im_end|>\n"],
    ]);
    const marked = await rendered({
      entry: { columns: { prompt: "q", response: "a", kto_tag: "ok" } },
      rows: [{ q: "a", a: "b", ok: false }],
    });
    expect(marked[0]!.texts.map(({ label }) => label)).toEqual(["rejected"]);
  });

  it("is learned as a whole where it is plain text", async () => {
    const [row] = await rendered({
      entry: { columns: { prompt: "text" } },
      rows: [{ text: "Once upon a time" }],
    });
    expect(learned(row!)).toBe(whole(row!));
    expect(row!.texts[0]!.text).toMatch(/^Once upon a time</);
  });

  it("says why it would be left out, while the others are shown", async () => {
    const rows = await rendered({
      entry: { formatting: "sharegpt" },
      rows: [
        { conversations: [{ from: "gpt", value: "first" }] },
        7,
        {
          conversations: [
            { from: "human", value: "a" },
            { from: "gpt", value: "b" },
          ],
        },
      ],
    });
    expect(rows[0]!.problem).toMatch(/left out: message 1 has the role "gpt" out of turn/);
    expect(rows[1]!.problem).toMatch(/not an object of columns/);
    expect(learned(rows[2]!)).toBe("b<|im_end|>\n");
  });
});

describe("the preview program", () => {
  it("measures lengths, the longer of two answers, and null for rows without", async () => {
    const [reply] = await answers({
      kind: "lengths",
      entry: { ranking: true, columns: { prompt: "q", chosen: "good", rejected: "bad" } },
      rows: [{ q: "a", good: "yes", bad: "a much longer answer than that" }, { q: "a" }],
    });
    const [pair] = await rendered({
      entry: { ranking: true, columns: { prompt: "q", chosen: "good", rejected: "bad" } },
      rows: [{ q: "a", good: "yes", bad: "a much longer answer than that" }],
    });
    expect(reply!.lengths).toEqual([pair!.texts[1]!.length, null]);
    expect(reply!.problem).toMatch(/has no column "good"/);
  });

  it("answers what cannot be done in words and goes on", async () => {
    const [unknown, missing, fine] = await answers(
      { rows: [], encoding: { ...encoding, template: "chatmll" } },
      { rows: [], encoding: { ...encoding, model_name_or_path: "nowhere" } },
      { rows: [] },
    );
    expect(unknown!.error).toMatch(/template "chatmll" is not known\. Did you mean chatml/);
    expect(missing!.error).toMatch(/nowhere/);
    expect(fine).toEqual({ id: 2, rendered: [] });
  });
});
