import type { Observed, Observer } from '../evaluate/compile/compiler.ts';
import { Leaf, type Value } from '../evaluate/values.ts';
import type { Span } from '../source/span.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { Tape } from '../trace/tape.ts';
import type { Observation } from './model.ts';

/** Keeps, for each node of one function's own body, the value it had when it was last evaluated. */
export class Observations implements Observer {
  readonly node: FunctionNode;
  private readonly seen = new Map<number, { span: Span; value: Value; count: number }>();

  constructor(node: FunctionNode) {
    this.node = node;
  }

  cell(span: Span): Observed {
    const key = span.start * 0x4000000 + span.end;
    let entry = this.seen.get(key);
    if (entry === undefined) {
      entry = { span, value: undefined, count: 0 };
      this.seen.set(key, entry);
    }
    return entry;
  }

  saw(span: Span, value: Value): void {
    const cell = this.cell(span);
    cell.value = value;
    cell.count++;
  }

  /** Compiled code keeps the cells: they are emptied, not dropped. */
  clear(): void {
    for (const entry of this.seen.values()) {
      entry.value = undefined;
      entry.count = 0;
    }
  }

  /** The numeric ones. */
  numeric({ value: primals }: Tape): Observation[] {
    const result: Observation[] = [];
    for (const { span, value, count } of this.seen.values()) {
      if (typeof value === 'number') result.push({ span, value, row: -1, count });
      else if (value instanceof Leaf && value.type === 'number')
        result.push({ span, value: primals[value.id]!, row: value.id, count });
    }
    return result;
  }
}
