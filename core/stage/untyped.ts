/** What a parameter without a type is taken for where there is no sample. */
import { type Shape, UNKNOWN, UNTYPED } from '../source/shape.ts';
import type { Parameter, Pattern } from '../source/syntax.ts';
import type { Questions } from './questions.ts';

/** A number, unless the function takes it apart or reads its properties; what a pattern names are numbers. */
export function shapeOfUntyped(p: Parameter, questions: Questions): Shape {
  if (p.shape.kind !== 'unknown' || p.shape.named !== undefined) return p.shape;
  return shapeOf(p.target, questions);
}

function shapeOf(target: Pattern, questions: Questions): Shape {
  switch (target.kind) {
    case 'name':
      return questions.objects.has(target.name) ? UNTYPED : UNKNOWN;
    case 'arrayPattern': {
      if (target.rest !== undefined) return UNTYPED;
      return {
        kind: 'tuple',
        elements: target.elements.map((e) => (e === null ? UNKNOWN : shapeOf(e.target, questions))),
      };
    }
    case 'objectPattern': {
      if (target.rest !== undefined) return UNTYPED;
      const fields = target.properties.map(({ key, target: part, default: otherwise }) => ({
        name: key,
        shape: shapeOf(part, questions),
        optional: otherwise !== undefined,
      }));
      const known = fields.flatMap((f) => (typeof f.name === 'string' ? [{ ...f, name: f.name }] : []));
      return known.length < fields.length ? UNTYPED : { kind: 'object', fields: known };
    }
    default:
      return UNTYPED;
  }
}
