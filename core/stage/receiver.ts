/** The receiver of a method where no sample gives one: it has the fields that its class gives to unknown arguments. */
import { construct } from '../evaluate/construct.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { Closure } from '../evaluate/functions.ts';
import { JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { Leaf, Poison, Refusal, type Site, Thrown, type Value } from '../evaluate/values.ts';
import { ProgramBuilder } from '../program/builder.ts';
import { keyLabel } from '../source/labels.ts';
import type { Shape } from '../source/shape.ts';
import { type InputContext, unknownOf } from './inputs.ts';
import { type Element, JsNested } from './nested.ts';
import { Stage } from './stage.ts';

/** Objects within each other. */
const DEEPEST = 4;

/** What the constructor makes; undefined where that cannot be said of unknown arguments. */
export function instanceOf(
  ev: Evaluator,
  maker: Value,
  site: Site,
  giveClass: InputContext['giveClass'],
): JsObject | undefined {
  if (!(maker instanceof Closure) || !maker.constructs) return undefined;
  const builder = new ProgramBuilder();
  const stage = new Stage(ev, builder, builder.open(builder.reserve('constructor')));
  const asked = { isSampled: false, kinds: 'sample' } as const;
  const context: InputContext = { stage, site, giveClass, shapes: 'open', assumptions: [], ...asked };
  const { domain, depth, current, handlers } = ev;
  const token = ev.store.begin();
  ev.domain = stage;
  try {
    const args = maker.node.parameters.flatMap((p, i) =>
      p.default === undefined && !p.rest
        ? [unknownOf(context, p.shape, undefined, p.name ?? `#${i + 1}`, [i])]
        : [],
    );
    const made = construct(ev, maker, args, site);
    return made instanceof JsObject ? made : undefined;
  } catch (error) {
    if (error instanceof Thrown || error instanceof Refusal) return undefined;
    throw error;
  } finally {
    ev.store.end(token);
    Object.assign(ev, { domain, depth, current, handlers });
  }
}

/** An object of the same fields, whose numbers are parameters. */
export function unknownLike(
  context: InputContext,
  like: JsObject,
  name: string,
  path: readonly (string | number)[],
): JsObject {
  const made = new JsObject(like.proto, context.stage.ev.store.epoch, like.tag);
  for (const [key, value] of like.properties) {
    const label = typeof key === 'string' ? keyLabel(name, key) : name;
    made.properties.set(key, value instanceof Slot ? value : field(context, value, label, key, path));
  }
  return made;
}

function field(
  context: InputContext,
  value: Value,
  name: string,
  key: string | symbol,
  above: readonly (string | number)[],
): Value {
  const { ev } = context.stage;
  const unknown = (what: string) => ev.poison('GL111', what, context.site.location);
  if (typeof key === 'symbol')
    return unknown(
      `A private field is not to be had outside of its class: give the method what it needs of it.`,
    );
  const path = [...above, key];
  if (value instanceof Leaf && value.maybeUndefined) return unknown(`${name} is not always set.`);
  const shape = shapeOf(value);
  if (shape !== undefined) return unknownOf(context, shape, undefined, name, path);
  if (typeof value === 'string' || value === null || value === undefined) {
    context.assumptions.push({ kind: 'value', path, name, value });
    return value;
  }
  const plain = value instanceof JsObject && value.constructor === JsObject && !(value instanceof JsFunction);
  if (plain && path.length <= DEEPEST) return unknownLike(context, value, name, path);
  return value instanceof Poison ? value : unknown(`Without a sample it is not known what ${name} is.`);
}

/** Of numbers and arrays of such. */
function shapeOf(value: Value): Shape | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: typeof value as 'number' };
  if (value instanceof Leaf) return { kind: value.type };
  if (value instanceof JsNested) {
    const element = elementShape(value.element);
    return element && { kind: 'array', element };
  }
  const typed = value instanceof JsBuffer || value instanceof JsTypedArray ? value.typed : undefined;
  const numbers =
    value instanceof JsBuffer ||
    value instanceof JsTypedArray ||
    (value instanceof JsArray &&
      value.elements.length > 0 &&
      value.elements.every((e) => typeof e === 'number' || (e instanceof Leaf && e.type === 'number')));
  return numbers
    ? { kind: 'array', element: { kind: 'number' }, ...(typed === undefined ? {} : { typed }) }
    : undefined;
}

function elementShape(element: Element): Shape | undefined {
  switch (element.kind) {
    case 'number':
      return { kind: 'number' };
    case 'array': {
      const inner = elementShape(element.element);
      return inner && { kind: 'array', element: inner };
    }
    case 'record': {
      const fields = element.fields.map(([name, inner]) => ({ name, shape: elementShape(inner) }));
      const known = fields.flatMap(({ name, shape }) =>
        typeof name === 'string' && shape !== undefined ? [{ name, shape, optional: false }] : [],
      );
      return known.length === fields.length ? { kind: 'object', fields: known } : undefined;
    }
    case 'constant':
      return undefined;
  }
}
