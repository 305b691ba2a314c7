/** Where keys lead in the picture. */
import type { Drawing } from '../../../core/graph/drawing.ts';

/** The node that an arrow key leads to: along an edge up or down, else the next of its layer; null: none. */
export function neighbour({ nodes, edges }: Drawing, selected: number, key: string): number | null {
  if (nodes.length === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return nodes.length - 1;
  const here = nodes[selected];
  if (here === undefined) return key.startsWith('Arrow') ? 0 : null;
  if (key === 'ArrowUp') return edges.find((edge) => edge.to === selected)?.from ?? null;
  if (key === 'ArrowDown') return edges.find((edge) => edge.from === selected)?.to ?? null;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const side = key === 'ArrowLeft' ? -1 : 1;
  let best: number | null = null;
  nodes.forEach((node, index) => {
    const distance = (node.x - here.x) * side;
    if (node.layer !== here.layer || distance <= 0) return;
    if (best === null || distance < (nodes[best]!.x - here.x) * side) best = index;
  });
  return best;
}

/** The node at a point of the picture; −1: none. */
export function nodeAt({ nodes }: Drawing, at: { x: number; y: number }): number {
  return nodes.findIndex(
    ({ x, y, width, height }) => at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height,
  );
}
