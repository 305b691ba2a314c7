/**
 * Makes drawings of folded graphs: small ones at once, large ones in slices, with the layout in a worker. Where none can
 * be had the layout goes in slices too.
 */
import {
  type Drawing,
  drawingOf,
  drawingSteps,
  layoutOptions,
  type Measure,
  measuredSteps,
} from '../../../core/graph/drawing.ts';
import type { FoldedGraph } from '../../../core/graph/fold.ts';
import { type GraphLayout, type LayoutMemory, layoutSteps } from '../../../core/graph/layout.ts';
import type { Scene } from '../../../core/graph/scene.ts';
import type { LayoutTask } from './layoutWorker.ts';
import workerText from './layoutWorker.ts?bundled';

export interface Draft {
  readonly graph: FoldedGraph;
  readonly scene: () => Scene;
  readonly title: string;
  readonly mode: Drawing['mode'];
  readonly digits: number;
  readonly memory: LayoutMemory | null;
}

/** Graphs up to this size are drawn at once. */
const AT_ONCE = 600;
const SLICE_MS = 8;

export class Drafts {
  private readonly measure: Measure;
  /** The latest: what others come to is not wanted any more. */
  private job = 0;
  private worker: Worker | null = null;
  private workers = true;
  /** Told what the worker has come to: null for nothing. */
  private waiting: ((layout: GraphLayout | null) => void) | null = null;

  constructor(measure: Measure) {
    this.measure = measure;
  }

  /** `done` is called once, unless another is begun before or this one is left. */
  draw(draft: Draft, done: (drawing: Drawing) => void): void {
    this.leave();
    const { graph, scene, digits } = draft;
    if (graph.nodes.length <= AT_ONCE) {
      const steps = drawingSteps(graph, scene(), this.measure, digits, draft);
      for (;;) {
        const step = steps.next();
        if (!step.done) continue;
        done(step.value);
        return;
      }
    }
    void this.drawLarge(draft, this.job).then((drawing) => {
      if (drawing !== null) done(drawing);
    });
  }

  /** What is being drawn is not wanted any more. */
  leave(): void {
    this.job++;
    if (this.waiting === null) return;
    this.worker?.terminate();
    this.worker = null;
    this.answer(null);
  }

  private async drawLarge(draft: Draft, job: number): Promise<Drawing | null> {
    const { graph, digits, memory } = draft;
    await pause();
    if (job !== this.job) return null;
    const scene = draft.scene();
    await pause();
    const nodes = await this.sliced(job, measuredSteps(graph, scene, this.measure, digits));
    if (nodes === null) return null;
    const options = layoutOptions(graph, memory);
    let layout = await this.inWorker({ nodes, options });
    layout ??= await this.sliced(job, layoutSteps(nodes, options));
    if (layout === null || job !== this.job) return null;
    const drawing = drawingOf(graph, scene, layout, draft);
    await pause();
    return job === this.job ? drawing : null;
  }

  /** null: another has been begun. */
  private async sliced<T>(job: number, steps: Generator<void, T>): Promise<T | null> {
    while (job === this.job) {
      const start = performance.now();
      while (performance.now() - start < SLICE_MS) {
        const step = steps.next();
        if (step.done) return step.value;
      }
      await pause();
    }
    return null;
  }

  /** null: it was left, or there are no workers. */
  private async inWorker(task: LayoutTask): Promise<GraphLayout | null> {
    const worker = this.workers ? (this.worker ?? this.start()) : null;
    if (worker === null) return null;
    const layout = await new Promise<GraphLayout | null>((resolve) => {
      this.waiting = resolve;
      worker.postMessage(task);
    });
    return layout;
  }

  private start(): Worker | null {
    const address = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
    try {
      const worker = new Worker(address);
      worker.addEventListener('message', ({ data }: MessageEvent<GraphLayout>) => {
        if (worker === this.worker) this.answer(data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        this.workers = false;
        worker.terminate();
        if (worker !== this.worker) return;
        this.worker = null;
        this.answer(null);
      });
      this.worker = worker;
    } catch {
      // A host that does not let pages have them.
      this.workers = false;
    }
    URL.revokeObjectURL(address);
    return this.worker;
  }

  private answer(layout: GraphLayout | null): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.(layout);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
