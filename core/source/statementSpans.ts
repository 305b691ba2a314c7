import { contains, type Span } from './span.ts';
import type { ModuleStatement } from './syntax.ts';
import { roots, walk } from './traverse.ts';

/** Statements that hold no other ones but in functions. */
const PLAIN: ReadonlySet<string> = new Set(['expression', 'declare', 'return', 'throw']);

/** Where the plain statements within a top-level one stand, at any depth. */
export class StatementSpans {
  private readonly spans: Span[] = [];
  private readonly known = new Map<number, Span | undefined>();

  constructor(statement: ModuleStatement) {
    for (const root of roots(statement))
      walk(root, (node) => {
        if ('kind' in node && PLAIN.has(node.kind)) this.spans.push(node.span);
        return true;
      });
  }

  /** The innermost one around a span. */
  around(span: Span): Span | undefined {
    const key = span.start * 0x4000000 + span.end;
    if (!this.known.has(key)) {
      let found: Span | undefined;
      for (const one of this.spans)
        if (contains(one, span) && (found === undefined || contains(found, one))) found = one;
      this.known.set(key, found);
    }
    return this.known.get(key);
  }
}
