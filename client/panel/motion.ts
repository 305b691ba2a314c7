/**
 * What moves with the sliders. As long as the path is the function's, its numbers are worked out here, at display
 * rate; elsewhere the server is asked for the model of the point, one question at a time, for the latest point.
 */

import { LiveTape } from '../../core/graph/live.ts';
import { numberOf, plainNumber } from '../../core/graph/panelModel.types.ts';
import {
  PANEL_MODEL,
  type PanelModel,
  type PanelModelResult,
  type PanelPoint,
  type PanelTape,
} from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';
import { type Live, liveNumbers, type Moved, modelNumbers, type Numbers, samePoint } from './numbers.ts';
import type { Questions } from './questions.ts';

export interface Placed {
  /** null: those of another point have to do until the server has answered. */
  readonly numbers: Numbers | null;
  /** When to ask the server for the model of this point. */
  readonly ask: 'now' | 'idle' | 'never';
}

/** The numbers of a model with its inputs at a point. */
export function place(
  model: PanelModel,
  live: Live | null,
  point: readonly number[],
  choice: Choice,
  dragging: boolean,
): Placed {
  const own = modelNumbers(model, choice);
  if (samePoint(own.point, point)) return { numbers: own, ask: 'never' };
  if (live === null || model.special || model.refused) return { numbers: null, ask: 'now' };
  const full = (model.tape?.start ?? []).map((start, input) => point[input] ?? numberOf(start));
  const status = live.set(full);
  if (!status.values) return { numbers: null, ask: 'now' };
  const { derivatives } = status;
  const numbers = liveNumbers(model, live, point, choice, { derivatives, all: !dragging });
  // The numbers are right, but an equation may not be: `max` has taken another operand.
  if (!derivatives || status.rewritten) return { numbers, ask: 'now' };
  // What is said of the model's own point may not be true of this one.
  const said = model.problems.length > 0 || model.why.length > 0;
  return { numbers, ask: said ? 'idle' : 'never' };
}

/** The tape of a model, unrolled once. */
export class LiveTapes {
  private readonly known = new WeakMap<PanelTape, LiveTape>();

  of({ tape }: PanelModel): LiveTape | null {
    if (tape === null) return null;
    let live = this.known.get(tape);
    if (live === undefined) {
      live = new LiveTape(tape);
      this.known.set(tape, live);
    }
    return live;
  }
}

export function panelPoint(moved: Moved): PanelPoint {
  return Object.entries(moved).map(([label, value]) => [label, plainNumber(value)] as const);
}

/** Time without a movement before the server is asked for what can wait. */
const IDLE_MS = 350;

/** Asks for the model of a point, one question at a time; who asks asks again for the latest when it is answered. */
export class ModelQuestions {
  private readonly questions: Questions;
  private readonly answered: (result: PanelModelResult | null, moved: Moved) => void;
  private forget: (() => void) | null = null;
  private idle: number | undefined;

  /** `answered` is given what was asked for; null: there is none. */
  constructor(questions: Questions, answered: (result: PanelModelResult | null, moved: Moved) => void) {
    this.questions = questions;
    this.answered = answered;
  }

  want(moved: Moved, when: Placed['ask']): void {
    window.clearTimeout(this.idle);
    if (when === 'idle') this.idle = window.setTimeout(() => this.want(moved, 'now'), IDLE_MS);
    else if (when === 'now' && this.forget === null) void this.ask(moved);
  }

  /** What is being asked is not wanted any more. */
  drop(): void {
    window.clearTimeout(this.idle);
    const { forget } = this;
    this.forget = null;
    forget?.();
  }

  private async ask(moved: Moved): Promise<void> {
    const { answer, forget } = this.questions.ask({
      method: PANEL_MODEL,
      params: { point: panelPoint(moved) },
    });
    this.forget = forget;
    const result = await answer;
    if (this.forget !== forget) return;
    this.forget = null;
    this.answered(result, moved);
  }
}
