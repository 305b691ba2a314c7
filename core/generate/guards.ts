/** Guards of what arguments may lack, or have besides. */
import { indented } from './lines.ts';
import { EACH } from './nested.ts';
import { type ParameterGroup, RECEIVER } from './parameters.ts';
import { accesses, quote } from './structure.ts';

/** What a derivative takes for granted of the keys of its arguments; '*' in a path stands for each element of an array. */
export type KeysGuard = {
  readonly path: readonly (string | number)[];
  readonly name: string;
} /** It is there; where types are checked they say so. */ & (
  | { readonly kind: 'given' }
  /** It is not there. */
  | { readonly kind: 'lacks' }
  /** The object has these keys and no others, in this order where it is `ordered`. */
  | { readonly kind: 'keys'; readonly keys: readonly string[]; readonly ordered: boolean }
);

export function keysGuards(
  guards: readonly KeysGuard[],
  groups: readonly ParameterGroup[],
  typescript: boolean,
): string[] {
  return guards.flatMap((guard) => {
    const [first, ...keys] = guard.path;
    const group = groups.find(({ index }) => index === (first === 'this' ? RECEIVER : first));
    if (group === undefined || (guard.kind === 'given' && typescript)) return [];
    const { name } = guard;
    const told =
      guard.kind === 'given'
        ? `${name} given`
        : guard.kind === 'lacks'
          ? `${name} left out`
          : `${name} with the keys ${guard.keys.join(', ')}${guard.ordered ? ', in this order' : ''}`;
    return [
      `if (${wrong(guard, group.name, keys)}) {`,
      ...indented([`throw new RangeError(${quote(`This derivative was made for ${told}.`)});`]),
      '}',
    ];
  });
}

/** Whether what stands at the keys below `base` is not as it has to be. */
function wrong(guard: KeysGuard, base: string, keys: readonly (string | number)[]): string {
  const at = keys.indexOf('*');
  if (at >= 0) {
    const list = base + accesses({ path: keys.slice(0, at) });
    const each = keys.slice(at + 1).includes('*') ? 'row' : 'each';
    return `${list}.some((${each}) => ${wrong(guard, each, keys.slice(at + 1))})`;
  }
  const path = keys.filter((key) => key !== EACH);
  if (guard.kind === 'lacks')
    return `${quote(String(path.at(-1)))} in ${base}${accesses({ path: path.slice(0, -1) })}`;
  const access = base + accesses({ path });
  if (guard.kind === 'given') return `${access} === undefined || ${access} === null`;
  const own = guard.ordered ? guard.keys : [...guard.keys].sort();
  return `Object.keys(${access})${guard.ordered ? '' : '.sort()'}.join() !== ${quote(own.join(','))}`;
}
