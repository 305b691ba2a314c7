import type { Observer } from '../evaluate/compile/compiler.ts';
import { Leaf, type Value } from '../evaluate/values.ts';
import type { Span } from '../source/span.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { Observation } from './model.ts';

/** Keeps, for each node of one function's own body, the value it had when it was last evaluated. */
export class Observations implements Observer {
  readonly node: FunctionNode;
  private readonly seen = new Map<number, { span: Span; value: Value; count: number }>();

  constructor(node: FunctionNode) {
    this.node = node;
  }

  saw(span: Span, value: Value): void {
    const key = span.start * 0x4000000 + span.end;
    const entry = this.seen.get(key);
    if (entry === undefined) this.seen.set(key, { span, value, count: 1 });
    else {
      entry.value = value;
      entry.count++;
    }
  }

  clear(): void {
    this.seen.clear();
  }

  /** The numeric ones. */
  numeric(): Observation[] {
    const result: Observation[] = [];
    for (const { span, value, count } of this.seen.values()) {
      if (typeof value === 'number') result.push({ span, value, row: -1, count });
      else if (value instanceof Leaf && value.type === 'number')
        result.push({ span, value: value.value, row: value.id, count });
    }
    return result;
  }
}
