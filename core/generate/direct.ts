/** Derivatives that are one Program: from the Program of the function to the text of a module. */
import { type DerivativeKind, type DerivativeMode, derive } from '../derive/derive.ts';
import { keepResults } from '../derive/second.ts';
import type { Problem } from '../problem.ts';
import { optimise } from '../program/optimise.ts';
import type { Program, ProgramFunction } from '../program/program.ts';
import type { Inputs } from './inputs.ts';
import { isNested } from './nested.ts';
import { groupParameters, mutableType, rootOf, type Unread } from './parameters.ts';
import { leavesOf, mapTree, type Tree, treeOf } from './structure.ts';
import { type GenerateOptions, generateModule, type Out } from './typescript.ts';

export function direct(
  program: Program,
  kind: DerivativeKind,
  inputs: Inputs,
  mode: DerivativeMode,
  options: GenerateOptions,
): string | Problem {
  const derived = derive(program, kind, inputs.active, {
    mode,
    style: options.style ?? 'readable',
    checkpoints: options.checkpoints ?? false,
  });
  if (derived.kind === 'refused') return { id: 'GL111', severity: 'error', message: derived.reason };
  const whole = placed(kind === 'jvp' ? withoutValues(derived.program) : derived.program);
  const wrong = options.hold?.(whole);
  if (wrong !== undefined) return wrong;
  const own = whole.functions[whole.entry]!;
  const { tree, out } = resultOf(program, own, kind, inputs);
  return generateModule(whole, {
    ...options,
    result: tree,
    out,
    added: addedParameters(program, own, kind, inputs),
  });
}

/** A tangent has the places of its parameter, one key further. */
function placed(program: Program): Program {
  const entry = program.functions[program.entry]!;
  const parameters = entry.parameters.map((p) => {
    if (p.path[0] !== 'tangent' || !isNested(p)) return p;
    return { ...p, each: p.path.flatMap((key, i) => (key === '*' ? [i] : [])) };
  });
  return {
    ...program,
    functions: program.functions.map((f) => (f === entry ? { ...entry, parameters } : f)),
  };
}

/** The tangents alone. */
function withoutValues(program: Program): Program {
  const entry = program.functions[program.entry]!;
  const tangents = keepResults(entry, 'tangent', (path) => path);
  return optimise({ ...program, functions: program.functions.map((f) => (f === entry ? tangents : f)) });
}

/** Tangents and directions in the shape of what is differentiated, adjoints in that of the results. */
function addedParameters(
  program: Program,
  derived: ProgramFunction,
  kind: DerivativeKind,
  inputs: Inputs,
): NonNullable<GenerateOptions['added']> {
  const { parameters } = program.functions[program.entry]!;
  const indices = new Map(derived.parameters.map(({ path }, index) => [JSON.stringify(path), index]));
  if (kind === 'vjp')
    return groupParameters(derived.parameters).filter(({ tree }) =>
      leavesOf(tree).some(
        ({ leaf }) => typeof leaf === 'number' && derived.parameters[leaf]!.path[0] === 'adjoint',
      ),
    );
  if (kind !== 'jvp' && kind !== 'hvp') return [];
  const { tree, paths } = inputs;
  const parts = paths.length === 1 || tree.kind !== 'tuple' ? [tree] : tree.elements;
  return parts.map((part, k) => {
    const [first] = leavesOf(part);
    const depth = paths[k]!.length;
    const { name } = parameters[first!.leaf]!;
    const whole =
      part.kind === 'leaf' ? name : depth === 1 ? rootOf(name) : nameUpTo(name, first!.path.length);
    return {
      name: `${whole}Dot`,
      tree: mapTree(part, (leaf): Tree<number | Unread> => {
        const p = parameters[leaf]!;
        const index = indices.get(JSON.stringify(['tangent', ...p.path]));
        return { kind: 'leaf', leaf: index ?? { unread: mutableType(p) } };
      }),
    };
  });
}

/** `p.at` of `p.at.x`, one key less. */
function nameUpTo(name: string, keys: number): string {
  let short = name;
  for (let i = 0; i < keys; i++) short = short.replace(/(?:\.[^.[]+|\[[^[]*\])$/, '');
  return short;
}

/** What the derivative returns, and what of that `out` receives. */
function resultOf(
  program: Program,
  derived: ProgramFunction,
  kind: DerivativeKind,
  inputs: Inputs,
): { readonly tree: Tree<Out>; readonly out: Tree<Out> } {
  const entry = program.functions[program.entry]!;
  const indices = new Map(derived.results.map(({ path }, index) => [JSON.stringify(path), index]));
  const at = (...path: readonly (string | number)[]): Tree<Out> | undefined => {
    const index = indices.get(JSON.stringify(path));
    return index === undefined ? undefined : { kind: 'leaf', leaf: { kind: 'result', index } };
  };
  const overInputs = (find: (parameter: number) => Tree<Out> | undefined): Tree<Out> =>
    mapTree(
      inputs.tree,
      (parameter) => find(parameter) ?? { kind: 'leaf', leaf: { kind: 'zeros', parameter } },
    );
  const overOutputs = (find: (output: number) => Tree<Out>): Tree<Out> =>
    mapTree(treeOf(entry.results.map(({ path }, leaf) => ({ path, leaf }))), find);
  const pathOf = (parameter: number) => entry.parameters[parameter]!.path;
  switch (kind) {
    case 'gradient':
    case 'vjp': {
      const tree = overInputs((p) => at('gradient', ...pathOf(p)));
      return { tree, out: tree };
    }
    case 'hvp': {
      const tree = overInputs((p) => at('product', ...pathOf(p)));
      return { tree, out: tree };
    }
    case 'value-and-gradient': {
      const out = overInputs((p) => at('gradient', ...pathOf(p)));
      const value = overOutputs((o) => at('value', ...entry.results[o]!.path)!);
      return {
        tree: {
          kind: 'record',
          fields: [
            ['value', value],
            ['gradient', out],
          ],
        },
        out,
      };
    }
    case 'jvp': {
      const tree = overOutputs((o) => at('tangent', ...entry.results[o]!.path)!);
      return { tree, out: tree };
    }
    case 'jacobian': {
      const tree = overOutputs((o) => overInputs((p) => at('jacobian', o, ...pathOf(p))));
      return { tree, out: tree };
    }
    case 'hessian': {
      const order = new Map(
        inputs.active.flatMap((is, i) => (is ? [i] : [])).map((parameter, i) => [parameter, i]),
      );
      const tree = overInputs((p) =>
        order.has(p)
          ? overInputs((q) => (order.has(q) ? at('hessian', order.get(p)!, order.get(q)!) : undefined))
          : overInputs(() => undefined),
      );
      return { tree, out: tree };
    }
  }
}
