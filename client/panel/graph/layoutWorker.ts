/** In a worker: lays out what it is sent. */
import { type GraphNode, type LayoutOptions, layoutGraph } from '../../../core/graph/layout.ts';

export interface LayoutTask {
  readonly nodes: readonly GraphNode[];
  readonly options: LayoutOptions;
}

addEventListener('message', ({ data: { nodes, options } }: MessageEvent<LayoutTask>) => {
  postMessage(layoutGraph(nodes, options));
});
