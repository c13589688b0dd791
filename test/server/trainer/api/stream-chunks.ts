/** Reads a reply of server-sent events to its end. */

/** The parsed `data:` objects, without the closing [DONE], which must be there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- replies are looked at field by field
export async function streamChunks(reply: Response): Promise<any[]> {
  const events = (await reply.text()).split("\n\n").filter(Boolean);
  if (events.at(-1) !== "data: [DONE]") throw new Error(`the stream did not end: ${events.at(-1)}`);
  return events.slice(0, -1).map((event) => JSON.parse(event.replace(/^data: /, "")) as unknown);
}
