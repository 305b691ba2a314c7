/** The nodes that a layout places, and where edges and their labels meet them. */

export interface GraphNode {
  /** What it is known by in another layout of the graph; absent: by nothing. */
  readonly key?: string;
  /** Sizes in pixels. */
  readonly width: number;
  readonly height: number;
  /** Indices of earlier nodes, one for each port, in order; null for a port without an edge (a constant). */
  readonly operands: readonly (number | null)[];
  /** Widths of the labels of the edges into it, one for each port; 0 or absent: none. */
  readonly labels?: readonly number[];
}

/** Edge labels of one node are spread over at most this many lines. */
const LABEL_LINES = 3;
/** Distance of a label from its edge. */
export const LABEL_GAP = 5;

export function isOperand(from: number | null, to: number): from is number {
  return from !== null && from >= 0 && from < to;
}

/** Offset of a port from its node's centre: the ports divide the node's width evenly. */
export function portOffset(node: GraphNode, port: number): number {
  return (node.width * (port + 1)) / (node.operands.length + 1) - node.width / 2;
}

/** Labels stand to the left of the ports of the left half, to the right of the others. */
export function labelSide(node: GraphNode, port: number): -1 | 1 {
  return 2 * port + 1 < node.operands.length ? -1 : 1;
}

/** The outermost ports' labels stand lowest. */
export function labelLine(node: GraphNode, port: number): number {
  const inwards = labelSide(node, port) < 0 ? port : node.operands.length - 1 - port;
  return inwards % LABEL_LINES;
}

export function labelLines(node: GraphNode): number {
  return Math.min(LABEL_LINES, Math.ceil(node.operands.length / 2));
}

/** Room that a node takes to either side of its centre, labels included. */
export function roomOf(node: GraphNode): { left: number; right: number } {
  const room = { left: node.width / 2, right: node.width / 2 };
  node.labels?.forEach((width, port) => {
    if (width === 0) return;
    const side = labelSide(node, port);
    const reach = side * portOffset(node, port) + LABEL_GAP + width;
    if (side < 0) room.left = Math.max(room.left, reach);
    else room.right = Math.max(room.right, reach);
  });
  return room;
}
