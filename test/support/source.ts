import { Analyser } from '../../core/analysis/analyse.ts';
import type { FunctionAnalysis, FunctionTarget, ModuleSlice } from '../../core/analysis/model.ts';
import type { Annotation } from '../../core/annotations/annotation.ts';
import { ModuleInstance } from '../../core/evaluate/module.ts';
import { JsArray, JsFunction, JsObject, JsTypedArray } from '../../core/evaluate/objects.ts';
import { ownKeys } from '../../core/evaluate/properties.ts';
import type { Value } from '../../core/evaluate/values.ts';
import type { Expression } from '../../core/source/syntax.ts';
import { lowerStatement } from '../../server/languages/typescript/index.ts';

/** A whole source text as one statement of a module. */
export function lowerSource(text: string, language: 'ts' | 'js' = 'ts') {
  const lowered = lowerStatement(text, { key: 1, language, module: 'esm' });
  const slice: ModuleSlice = { file: 'test.ts', statements: [lowered.statement] };
  return { ...lowered, slice };
}

export function targetOf(text: string, name: string): { slice: ModuleSlice; target: FunctionTarget } {
  const { functions, slice } = lowerSource(text);
  const site = functions.find((f) => f.name === name || f.path.join('.') === name);
  if (site === undefined)
    throw new Error(`no function ${name} among ${functions.map((f) => f.name).join(', ')}`);
  return {
    slice,
    target: {
      file: 'test.ts',
      statement: 1,
      path: site.path,
      name: site.name,
      nameSpan: site.nameSpan,
      node: site.node,
      receiver: site.receiver,
    },
  };
}

const at = { start: 0, end: 0 };

/** A plain value as the core-language expression of an annotation. */
export function literal(value: unknown): Expression {
  if (Array.isArray(value)) return { kind: 'array', span: at, elements: value.map(literal) };
  if (typeof value === 'object' && value !== null) {
    return {
      kind: 'object',
      span: at,
      members: Object.entries(value).map(([key, v]) => ({
        kind: 'property',
        span: at,
        key,
        value: literal(v),
      })),
    };
  }
  return { kind: 'literal', span: at, value: value as number };
}

export function annotation(sample: Record<string, unknown> | undefined): Annotation {
  return {
    span: at,
    differentiable: true,
    samples:
      sample === undefined
        ? []
        : [
            {
              span: at,
              values: Object.entries(sample).map(([root, value]) => ({
                root,
                rootSpan: at,
                value: literal(value),
              })),
            },
          ],
    ranges: [],
    problems: [],
  };
}

/** Analyses one function of a text at a sample. */
export function analyseText(
  text: string,
  name: string,
  sample?: Record<string, unknown>,
  analyser = new Analyser(),
): FunctionAnalysis {
  const { slice, target } = targetOf(text, name);
  return analyser.analyse({ module: slice, target, annotation: annotation(sample), sample: 0, steps: 3e6 });
}

/** Runs a text's top level in the evaluator and returns a module variable as a host value. */
export function evaluateText(text: string, name: string, language: 'ts' | 'js' = 'js'): unknown {
  const { slice, statement } = lowerSource(text, language);
  const errors = statement.syntaxErrors.map((e) => e.message);
  if (errors.length > 0) throw new Error(errors.join('; '));
  const analyser = new Analyser();
  const module = new ModuleInstance(analyser.ev, slice.file, slice.statements, undefined);
  if (module.problems.length > 0) throw new Error(module.problems[0]!.message);
  return toHost(module.lookup(name));
}

export function toHost(value: Value): unknown {
  if (value instanceof JsFunction) return '[function]';
  if (value instanceof JsArray || value instanceof JsTypedArray) return Array.from(value.elements, toHost);
  if (value instanceof JsObject) {
    return Object.fromEntries(
      ownKeys(value, true).map((key) => [key, toHost(value.properties.get(key) as Value)]),
    );
  }
  return value;
}
