import type { PanelModel } from '../server/protocol/messages.ts';

/** A line of a file before which whole lines can be written, and how they are indented. */
export interface StatementPlace {
  readonly line: number;
  readonly indentation: string;
}

/**
 * The partial derivatives of an expression as lines of TypeScript: a comment that says of what, and a constant for
 * each variable. Empty where there are no formulas.
 */
export function derivativeStatements(
  expression: string,
  model: PanelModel,
  indentation: string,
): readonly string[] {
  const [value, ...partials] = model.formulas;
  if (value === undefined || partials.length === 0) return [];
  const taken = new Set<string>();
  const flat = expression.replace(/\s+/g, ' ').trim();
  const lines = [`// Derivatives of ${flat.length > 80 ? flat.slice(0, 79) + '…' : flat}`];
  partials.forEach((partial, index) => {
    const input = model.inputs[index]?.label ?? variableOf(partial.label) ?? String(index);
    const base = 'd_' + identifierPart(input);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    lines.push(`const ${name} = ${partial.typescript};`);
  });
  return lines.map((line) => indentation + line);
}

/** `x1` of `∂f/∂x1`. */
function variableOf(label: string): string | undefined {
  const at = label.lastIndexOf('∂');
  return at > 0 ? label.slice(at + 1) : undefined;
}

function identifierPart(label: string): string {
  return label.replace(/[^\p{ID_Continue}$]+/gu, '_').replace(/^_+|_+$/g, '');
}
