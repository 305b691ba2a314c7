/** How the user writes a leaf: `x`, `p.mass`, `y[0]`, `#2`. */
import type { FunctionNode } from './syntax.ts';

/** The name a user would give a parameter: its own, else `#2`. */
export function parameterLabel(node: FunctionNode, index: number): string {
  const parameters = node.parameters;
  const own = parameters[index];
  if (own === undefined) {
    const last = parameters.at(-1);
    if (last?.rest === true && last.name !== undefined)
      return `${last.name}[${index - parameters.length + 1}]`;
    return `#${index + 1}`;
  }
  if (own.rest && own.name !== undefined) return `${own.name}[0]`;
  return own.name ?? `#${index + 1}`;
}

export function keyLabel(base: string, key: string | number): string {
  if (typeof key === 'number') return `${base}[${key}]`;
  return /^[A-Za-z_$#][\w$]*$/.test(key) ? `${base}.${key}` : `${base}[${JSON.stringify(key)}]`;
}
