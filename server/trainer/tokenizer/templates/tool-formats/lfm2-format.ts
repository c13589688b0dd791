/** LFM2: calls are written as Python calls, `[get_weather(city="Paris")]`. */
import { dumpJson, pythonFloat, PythonNumber, type JsonObject, type JsonValue } from "../python-json";
import { argumentsOf, unwrapped, type FunctionCall, type ToolFormat } from "./tool-format";

const START = "<|tool_call_start|>";
const END = "<|tool_call_end|>";

const writeCall = (call: FunctionCall) => {
  const parts = [...argumentsOf(call)].map(([key, value]) =>
    typeof value === "string" ? `${key}="${value}"` : `${key}=${dumpJson(value)}`,
  );
  return `${call.name}(${parts.join(", ")})`;
};

export const lfm2: ToolFormat = {
  describe: (tools) => `List of tools: <|tool_list_start|>${dumpJson(tools.map(unwrapped))}<|tool_list_end|>`,
  call: (calls) => `${START}[${calls.map(writeCall).join(", ")}]${END}`,
  extract(content) {
    const start = content.indexOf(START);
    const end = start < 0 ? -1 : content.indexOf(END, start);
    if (end < 0) return null;
    try {
      return new PythonCallReader(content.slice(start + START.length, end).trim()).calls();
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  },
};

const TOKEN =
  /\s*(?:([A-Za-z_]\w*)|(-?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([()[\]{},:=]))/sy;

const WORDS = new Map<string, JsonValue>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);

/** Reads Python calls with literal keyword arguments. Every method throws SyntaxError on anything else. */
class PythonCallReader {
  private at = 0;
  constructor(private readonly text: string) {}

  private token(): RegExpExecArray {
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.text);
    if (!match) throw new SyntaxError("not a Python literal");
    this.at = TOKEN.lastIndex;
    return match;
  }

  private accept(mark: string): boolean {
    const before = this.at;
    if (this.text.slice(before).trimStart() === "") return false;
    if (this.token()[4] === mark) return true;
    this.at = before;
    return false;
  }

  private expect(mark: string): void {
    if (!this.accept(mark)) throw new SyntaxError(`"${mark}" expected`);
  }

  /** Items up to `close`, with commas between and perhaps after them. */
  private list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.accept(close)) {
      items.push(item());
      if (this.accept(",")) continue;
      this.expect(close);
      break;
    }
    return items;
  }

  calls(): FunctionCall[] | null {
    const calls = this.accept("[") ? this.list("]", () => this.call()) : [this.call()];
    if (this.text.slice(this.at).trim() !== "") throw new SyntaxError("extra text");
    return calls.length > 0 ? calls : null;
  }

  private call(): FunctionCall {
    const name = this.name();
    this.expect("(");
    const values: JsonObject = new Map();
    this.list(")", () => {
      const key = this.name();
      this.expect("=");
      values.set(key, this.literal());
    });
    return { name, arguments: dumpJson(values) };
  }

  private name(): string {
    const name = this.token()[1];
    if (name === undefined) throw new SyntaxError("a name expected");
    return name;
  }

  private literal(): JsonValue {
    const [, word, number, string, mark] = this.token();
    if (number !== undefined) return pythonNumber(number.replaceAll("_", ""));
    if (string !== undefined) return unescape(string.slice(1, -1));
    if (word !== undefined && WORDS.has(word)) return WORDS.get(word)!;
    if (mark === "[") return this.list("]", () => this.literal());
    if (mark === "(") return this.list(")", () => this.literal());
    if (mark === "{") {
      const entries = this.list("}", (): [string, JsonValue] => {
        const key = this.literal();
        if (typeof key !== "string") throw new SyntaxError("a text key expected");
        this.expect(":");
        return [key, this.literal()];
      });
      return new Map(entries);
    }
    throw new SyntaxError("a literal expected");
  }
}

const pythonNumber = (text: string) =>
  new PythonNumber(/[.eE]/.test(text) ? pythonFloat(Number(text)) : String(BigInt(text)));

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

const unescape = (text: string) =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs, (whole, hex, unicode, single: string) => {
    const code = (hex ?? unicode) as string | undefined;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return single === "\n" ? "" : (ESCAPES[single] ?? whole);
  });
