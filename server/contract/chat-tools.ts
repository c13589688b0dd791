/** Lists of tools as people write them, read without the weight of a schema: pages read them before anything is asked. Pure. */

/** OpenAI's form of a function that a model may call. */
export interface Tool {
  [key: string]: unknown;
  type: "function";
  function: { [key: string]: unknown; name: string };
}

/**
 * A list of tools: OpenAI's, or the bare functions that LLaMA Board takes; an empty text is an empty list.
 * @returns null where the text is no such list
 */
export function parseTools(text: string): Tool[] | null {
  if (text.trim() === "") return [];
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return null;
    const tools = list.map((each: unknown) => {
      const tool = each as { name?: unknown; function?: unknown } | null;
      return (tool?.function === undefined ? { type: "function", function: tool } : tool) as Tool | null;
    });
    return tools.every((tool) => typeof tool?.function?.name === "string" && tool.function.name !== "")
      ? tools.map((tool) => ({ ...tool!, type: "function" }))
      : null;
  } catch {
    return null;
  }
}
