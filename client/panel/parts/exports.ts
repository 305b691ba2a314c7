/** The picture for papers and pages: saved as an image, copied as source. */
import type { Drawing } from '../../../core/graph/drawing.ts';
import { dotGraph } from '../../../core/graph/export/dot.ts';
import { svgPicture } from '../../../core/graph/export/svg.ts';
import { tikzPicture } from '../../../core/graph/export/tikz.ts';
import { h } from '../dom.ts';
import { pngOf } from '../graph/image.ts';
import type { GraphView } from '../graph/view.ts';
import type { Actions } from '../state.ts';

export function exportsBar(view: GraphView, actions: Actions): HTMLElement {
  const failed = h('span', { class: 'note', role: 'status' });
  const button = (
    label: string,
    name: string,
    act: (drawing: Drawing) => void | Promise<void>,
  ): HTMLElement =>
    h(
      'button',
      {
        'aria-label': name,
        title: name,
        onclick: () => {
          const drawing = view.drawing();
          failed.textContent = '';
          if (drawing === null) return;
          Promise.resolve(act(drawing)).catch((error: unknown) => {
            failed.textContent = `${label} failed: ${error instanceof Error ? error.message : String(error)}`;
          });
        },
      },
      label,
    );
  const save = async (drawing: Drawing, extension: string, blob: Blob): Promise<void> => {
    const base64 = await base64Of(blob);
    actions.post({ kind: 'save', name: `${fileName(drawing.title)}.${extension}`, base64 });
  };
  const copy = (text: string, what: string): void => actions.post({ kind: 'copy', text, what });
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Export the graph' },
    'Save as',
    button('SVG', 'Save the graph as SVG', (drawing) =>
      save(drawing, 'svg', new Blob([svgPicture(drawing)], { type: 'image/svg+xml' })),
    ),
    button('PNG', 'Save the graph as PNG', async (drawing) => save(drawing, 'png', await pngOf(drawing))),
    'Copy as',
    button('TikZ', 'Copy the graph as TikZ', (drawing) => copy(tikzPicture(drawing), 'the graph as TikZ')),
    button('DOT', 'Copy the graph as DOT', (drawing) => copy(dotGraph(drawing), 'the graph as DOT')),
    failed,
  );
}

/** `f(x1, x2)` → `f`: what every file system takes. */
function fileName(title: string): string {
  const name = title.replace(/\(.*$/s, '').replace(/[^\p{L}\p{N}_$.-]+/gu, '_');
  return name === '' || name.startsWith('.') ? 'graph' : name.slice(0, 60);
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
