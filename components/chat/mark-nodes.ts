/**
 * A rehype plugin that wraps the words of rendered markdown which another answer does not say into <mark>. It changes
 * text nodes only, so the markup stays what the markdown made it.
 */
import { markWords, type Segment } from "./word-marks";

/** The part of hast (the HTML tree of rehype) that is needed here. */
interface TreeNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: TreeNode[];
}

/** Stands between two text nodes, so that words of neighbouring paragraphs do not run together. */
const JOINT = "\n";

/** The plugin for an answer that is compared with `base`. */
export function markAgainst(base: string) {
  return () => (tree: TreeNode) => {
    const texts = textNodes(tree);
    const segments = markWords(base, texts.map(({ node }) => node.value).join(JOINT));
    const queue = [...segments];
    const parts = texts.map(({ node }) => takeText(queue, node.value!.length));
    replaceTexts(texts, parts);
  };
}

interface TextAt {
  parent: TreeNode;
  node: TreeNode;
}

function textNodes(parent: TreeNode): TextAt[] {
  return (parent.children ?? []).flatMap((node) =>
    node.type === "text" && node.value !== undefined ? [{ parent, node }] : textNodes(node),
  );
}

/** Takes `length` characters (and the joint after them) off the front of `segments`. */
function takeText(segments: Segment[], length: number): Segment[] {
  const taken: Segment[] = [];
  let wanted = length;
  while (wanted > 0 && segments.length > 0) {
    const [first] = segments as [Segment];
    const text = first.text.slice(0, wanted);
    taken.push({ text, changed: first.changed });
    wanted -= text.length;
    if (text.length === first.text.length) segments.shift();
    else segments[0] = { ...first, text: first.text.slice(text.length) };
  }
  dropJoint(segments);
  return taken;
}

function dropJoint(segments: Segment[]) {
  const [first] = segments;
  if (!first) return;
  const text = first.text.slice(JOINT.length);
  if (text === "") segments.shift();
  else segments[0] = { ...first, text };
}

function replaceTexts(texts: readonly TextAt[], parts: readonly Segment[][]) {
  const replacement = new Map(texts.map(({ node }, index) => [node, (parts[index] ?? []).map(toNode)]));
  for (const parent of new Set(texts.map((text) => text.parent))) {
    parent.children = parent.children!.flatMap((node) => replacement.get(node) ?? [node]);
  }
}

function toNode({ text, changed }: Segment): TreeNode {
  const node: TreeNode = { type: "text", value: text };
  return changed && text.trim() !== ""
    ? { type: "element", tagName: "mark", properties: {}, children: [node] }
    : node;
}
