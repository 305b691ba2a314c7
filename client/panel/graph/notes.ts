/** What is said below the picture, and what can be chosen above it. */
import type { FoldedGraph } from '../../../core/graph/fold.ts';
import type { Sensitivity } from '../../../core/graph/sensitivity.ts';
import type { PanelModel } from '../../../server/protocol/messages.ts';

/** Ways can be weighed where all rows are there and derivatives are. */
export function canWeigh({ special, refused, leftOut, trace }: PanelModel): boolean {
  return !special && !refused && leftOut.rows === 0 && trace.length > 2;
}

/** Inputs whose strongest paths can be looked at alone. */
export function weighable(model: PanelModel): { readonly label: string; readonly index: number }[] {
  if (!canWeigh(model)) return [];
  return model.inputs.flatMap(({ label, row }, index) => (row === null ? [] : [{ label, index }]));
}

export function notesOf(
  { leftOut }: PanelModel,
  { nodes }: FoldedGraph,
  weighing: Sensitivity | null,
): string[] {
  const boxes = nodes.flatMap(({ region }) => (region === null ? [] : [region]));
  const hidden = boxes.reduce((sum, { first, end }) => sum + end - first, 0);
  const said: string[] = [];
  if (weighing !== null) said.push(weighing.note);
  if (boxes.length > 0) {
    const into = boxes.length === 1 ? 'one box' : `${boxes.length} boxes`;
    said.push(`${hidden} nodes are folded into ${into}: Enter or a double click unfolds it.`);
  }
  if (leftOut.rows > 0) said.push(`${leftOut.rows} more rows of the trace are left out.`);
  return said;
}
