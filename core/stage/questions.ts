/**
 * Which parameters a function asks whether they are there: by `typeof`, by comparing them with nothing, as a condition;
 * and which it takes for objects.
 */
import type { FunctionNode } from '../source/syntax.ts';

export interface Questions {
  /** Asked by `typeof`, or compared with null or undefined. */
  readonly kinds: ReadonlySet<string>;
  /** Asked as a condition: what is not there is as good as false. */
  readonly conditions: ReadonlySet<string>;
  /** Their properties or elements are read, or changed, as numbers have none. */
  readonly objects: ReadonlySet<string>;
  /** All that it names. */
  readonly names: ReadonlySet<string>;
}

type Part = { readonly [key: string]: unknown };

/** By the names alone: another variable of the name counts as well. */
export function questionsOf(node: FunctionNode): Questions {
  const kinds = new Set<string>();
  const conditions = new Set<string>();
  const objects = new Set<string>();
  const names = new Set<string>();
  const ask = (of: unknown, names: Set<string>): void => {
    const name = nameIn(of);
    if (name !== undefined) names.add(name);
  };
  const pending: unknown[] = [
    node.body,
    ...node.parameters.flatMap((p) => p.default ?? []),
    ...node.parameters.flatMap(({ target }) => (target.kind === 'name' ? [] : target)),
  ];
  const seen = new Set<unknown>(pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const part = next as Part;
    ask(part, names);
    if (part['kind'] === 'typeof') ask(part['argument'], kinds);
    else if (part['kind'] === 'member' && !OF_NUMBERS.has(part['key'])) ask(part['object'], objects);
    else if (part['kind'] === 'forOf') ask(part['iterable'], objects);
    else if (part['kind'] === 'forIn') ask(part['object'], objects);
    else if (part['kind'] === 'spread') ask(part['argument'], objects);
    else if (part['kind'] === 'declare' && isPattern(part['target'])) ask(part['value'], objects);
    else if (part['kind'] === 'unary' && part['operator'] === '!') ask(part['argument'], conditions);
    else if (part['kind'] === 'binary' && EQUALITIES.has(String(part['operator']))) {
      if (isNothing(part['right'])) ask(part['left'], kinds);
      if (isNothing(part['left'])) ask(part['right'], kinds);
    } else if (part['kind'] === 'logical') {
      ask(part['left'], part['operator'] === '??' ? kinds : conditions);
      ask(part['right'], conditions);
    } else if (part['kind'] === 'if' || part['kind'] === 'conditional' || part['kind'] === 'loop')
      ask(part['test'], conditions);
    for (const child of Object.values(part)) {
      if (typeof child !== 'object' || child === null || seen.has(child)) continue;
      seen.add(child);
      pending.push(child);
    }
  }
  return { kinds, conditions, objects, names };
}

/** What numbers have as well. */
const OF_NUMBERS: ReadonlySet<unknown> = new Set([
  'constructor',
  'hasOwnProperty',
  'toExponential',
  'toFixed',
  'toLocaleString',
  'toPrecision',
  'toString',
  'valueOf',
]);

const isPattern = (of: unknown): boolean => /Pattern$/.test(String((of as Part)['kind']));

const EQUALITIES: ReadonlySet<string> = new Set(['===', '!==', '==', '!=']);

function nameIn(of: unknown): string | undefined {
  const { kind, name } = (of ?? {}) as Part;
  return kind === 'name' && typeof name === 'string' ? name : undefined;
}

function isNothing(of: unknown): boolean {
  const { kind, value } = (of ?? {}) as Part;
  return (kind === 'literal' && (value === null || value === undefined)) || nameIn(of) === 'undefined';
}
