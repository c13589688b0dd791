/**
 * Reads `text/event-stream` as a fetch body brings it: bytes cut anywhere, even inside a character or a line break.
 * Yields the data of each event; knows nothing of what it means.
 */

/** The data of each event in `body`; ends with the body. Fields other than `data` are skipped. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() + "\n\n" : decoder.decode(value, { stream: true });
      // A carriage return at the very end may be half of a line break.
      const cut = rest.endsWith("\r") ? rest.length - 1 : rest.length;
      const lines = rest.slice(0, cut).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + rest.slice(cut);
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield data.join("\n");
          data = [];
        } else if (line.startsWith("data:")) {
          data.push(line.slice(line[5] === " " ? 6 : 5));
        }
      }
      if (done) return;
    }
  } finally {
    // Also runs when the caller stops early: the request ends and the model server stops writing.
    await reader.cancel().catch(() => undefined);
  }
}
