/**
 * Models of other points of the function that is shown, the latest first: where the sliders come back to a point, or to
 * a path that was taken before, nothing has to be asked.
 */
import type { PanelModel } from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';
import { type Placed, place } from './motion.ts';
import { type Live, type Moved, pointOf, samePoint } from './numbers.ts';

export interface Recent {
  readonly model: PanelModel;
  /** Of the text that it is of. */
  readonly version: number | null;
  /** What had been moved when it was made. */
  readonly at: Moved;
}

const MOST = 24;
/** Of their traces in all. */
const MOST_ROWS = 12_000;

export class RecentModels {
  private kept: Recent[] = [];

  add(recent: Recent): void {
    // After an edit what was known is of another function.
    const others = this.kept.filter(
      ({ model, version }) => model !== recent.model && version === recent.version,
    );
    this.kept = [recent, ...others];
    let rows = 0;
    this.kept = this.kept.slice(0, MOST).filter(({ model }, n) => {
      rows += model.trace.length;
      return n === 0 || rows <= MOST_ROWS;
    });
  }

  clear(): void {
    this.kept = [];
  }

  /** One that has all that is to be shown at a point. */
  find(
    point: readonly number[],
    choice: Choice,
    inputs: PanelModel['inputs'],
    liveOf: (model: PanelModel) => Live | null,
  ): (Recent & { readonly placed: Placed }) | undefined {
    for (const recent of this.kept) {
      const { model, at } = recent;
      const own = samePoint(point, pointOf(inputs, at));
      const placed = place(model, own ? null : liveOf(model), point, choice, false);
      if (placed.numbers === null || placed.ask === 'now') continue;
      return { ...recent, placed };
    }
    return undefined;
  }
}
