// A remark plugin: the marker [3] in running text becomes a <cite> element that the page draws as a chip.

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName: string };
}

const MARKER = /\[(\d{1,3})\]/g;
const LEFT_ALONE = new Set(["link", "linkReference", "definition"]);

export function remarkCitations() {
  return (tree: Node): void => markIn(tree);
}

function markIn(node: Node): void {
  if (!node.children || LEFT_ALONE.has(node.type)) return;
  node.children = node.children.flatMap((child) => (child.type === "text" ? split(child.value ?? "") : [child]));
  node.children.forEach(markIn);
}

/** "Oil it [1] weekly" -> text, marker, text. The space before a marker goes, so that the chip never starts a line. */
export function split(text: string): Node[] {
  const parts: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    const before = text.slice(from, match.index).replace(/ $/, "");
    if (before) parts.push({ type: "text", value: before });
    parts.push({ type: "citation", data: { hName: "cite" }, children: [{ type: "number", value: match[1] ?? "" }] });
    from = match.index + match[0].length;
  }
  const after = text.slice(from);
  if (after) parts.push({ type: "text", value: after });
  return parts;
}
