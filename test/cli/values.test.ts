/** What can be handed to a function by `--jsonl`, each form with a derivative known in closed form. */
import { describe, expect, test } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { numbers, type Request, session } from './session.ts';

const FILE = `
export class Vec2 {
  #weight = 2;
  made = 'constructor';
  constructor(public x: number, public y: number) {}
  norm(): number { return Math.hypot(this.x, this.y); }
  get squared() { return this.x ** 2 + this.y ** 2; }
  weighted() { return this.#weight * this.x; }
  howMade() { return this.made === 'constructor' ? this.x : 10 * this.x; }
  isVec(other: unknown) { return other instanceof Vec2 ? this.x * other.y : 0; }
  static mean(a: number, b: number) { return (a + b) / 2; }
}
export class Vec3 extends Vec2 {
  z: number;
  constructor(x: number, y: number, z = x * y) { super(x, y); this.z = z; }
  override norm() { return super.norm() + this.z; }
}
function Old(a) { this.a = a; }
Old.prototype.cube = function () { return this.a ** 3; };
export { Old };
export namespace Shapes { export class Circle { constructor(public r: number) {} area() { return Math.PI * this.r ** 2; } } }
export const distance = (a: Vec2, b: Vec2) => Math.hypot(a.x - b.x, a.y - b.y);
export const norm = (v: Vec2) => v.norm();
export const area = (c: Shapes.Circle) => c.area();
export const cubed = (o: { cube(): number }) => o.cube();
export function apply(f: (x: number) => number, x: number) { return 2 * f(x); }
export const cube = (x: number) => x ** 3;
export const lib = { deep: { square: (x: number) => x * x }, k: 4, times(x: number) { return this.k * x; } };
export function weigh(values: Iterable<number>) { let s = 0, i = 0; for (const v of values) s += ++i * v * v; return s; }
export function weighKeys(o: Record<string, number>) { let s = 0, i = 0; for (const k of Object.keys(o)) s += ++i * o[k]! ** 2; return s; }
export function weighMap(m: Map<unknown, number>) { let s = 0, i = 0; for (const v of m.values()) s += ++i * v * v; return s; }
export function lookUp(m: Map<unknown, number>, x: number) { return m.get(7)! * x + (m.get('7') ?? 0); }
export function inSet(s: Set<number>, x: number) { return s.has(3) && !s.has(4) ? x * x : x; }
export function fill(value: { a?: unknown; b?: unknown }, x: number) {
  return value.a === undefined && 'a' in value ? x : value.a === null ? 2 * x : value.a === true ? 3 * x : value.a === 'text' ? 4 * x : 5 * x;
}
export function optional(x: number, k: number = 3, o: { scale?: number } = {}) { return x * k * (o.scale ?? 5); }
export function count(...xs: number[]) { return xs.length * xs.reduce((s, x) => s + x * x, 0); }
export function ragged(rows: (number | number[])[]) { return rows.flat(5).reduce((s: number, x) => s + (x as number) ** 2, 0); }
export function reciprocal(x: number) { return 1 / x; }
export function clampTo(x: number, low: number, high: number) { return 2 * Math.min(Math.max(x, low), high); }
export function unless(x: number, y: number) { return y === Infinity ? x * x : x / y; }
export const sine = Math.sin;
export const partly = ((a: number, b: number) => a * b * b).bind(null, 3);
export const own = (o: { hasOwnProperty: number; constructor: number; __proto__: number }) =>
  o.hasOwnProperty * 2 + o.constructor * 3 + o['__proto__'] * 5;
`;

const { ask } = session({ 'f.ts': FILE });
const about = (
  name: string,
  args: readonly EncodedValue[],
  rest: Partial<Request> = {},
): Promise<Record<string, unknown>> => ask({ file: 'f.ts', function: name, args, ...rest }) as never;

/** Function, arguments, and by its path each input with the derivative. */
const known: readonly [string, readonly EncodedValue[], number, { readonly [path: string]: number }][] = [
  ['cube', [2], 8, { 0: 12 }],
  ['cube', [{ $number: '-0' }], -0, { 0: 0 }],
  // Constructors run; what they are given are the inputs.
  ['norm', [{ $new: 'Vec2', args: [3, 4] }], 5, { '0.0': 0.6, '0.1': 0.8 }],
  ['norm', [{ $new: 'Vec3', args: [3, 4] }], 17, { '0.0': 4.6, '0.1': 3.8 }],
  ['norm', [{ $new: 'Vec3', args: [3, 4, 7] }], 12, { '0.0': 0.6, '0.1': 0.8, '0.2': 1 }],
  ['norm', [{ $class: 'Vec3', fields: { z: 7, x: 3, y: 4 } }], 12, { '0.z': 1, '0.x': 0.6, '0.y': 0.8 }],
  [
    'distance',
    [
      { $class: 'Vec2', fields: { x: 3, y: 4 } },
      { x: 0, y: 0 },
    ],
    5,
    { '0.x': 0.6, '0.y': 0.8, '1.x': -0.6, '1.y': -0.8 },
  ],
  ['area', [{ $new: 'Shapes.Circle', args: [2] }], 4 * Math.PI, { '0.0': 4 * Math.PI }],
  ['cubed', [{ $new: 'Old', args: [2] }], 8, { '0.0': 12 }],
  ['cubed', [{ $class: 'Old', fields: { a: 2 } }], 8, { '0.a': 12 }],
  ['weigh', [{ $new: 'Float64Array', args: [[1, 2]] }], 9, { '0.0.0': 2, '0.0.1': 8 }],
  // Functions by name: the file's, members, JavaScript's own.
  ['apply', [{ $function: 'cube' }, 2], 16, { 1: 24 }],
  ['apply', [{ $function: 'lib.deep.square' }, 3], 18, { 1: 12 }],
  ['apply', [{ $function: 'Math.sin' }, 0], 0, { 1: 2 }],
  ['apply', [{ $function: 'sine' }, 0], 0, { 1: 2 }],
  ['lib.deep.square', [3], 9, { 0: 6 }],
  ['lib.times', [3], 12, { 0: 4 }],
  ['Vec2.mean', [3, 5], 4, { 0: 0.5, 1: 0.5 }],
  ['sine', [0], 0, { 0: 1 }],
  ['partly', [2], 12, { 0: 12 }],
  // Arrays, typed arrays, maps, sets.
  ['weigh', [[1, 2, 3]], 36, { '0.0': 2, '0.1': 8, '0.2': 18 }],
  ['weigh', [[]], 0, {}],
  ['weigh', [{ $typed: 'Float64Array', data: [1, { $number: '-0' }] }], 1, { '0.0': 2, '0.1': -0 }],
  // 0.1 as a float.
  [
    'weigh',
    [{ $typed: 'Float32Array', data: [0.1] }],
    Math.fround(0.1) ** 2,
    { '0.0': 2 * Math.fround(0.1) },
  ],
  ['weigh', [{ $set: [1, 2] }], 9, {}],
  [
    'weighMap',
    [
      {
        $map: [
          ['a', 1],
          ['b.c', 2],
          [3, 3],
        ],
      },
    ],
    36,
    { '0.a': 2, '0["b.c"]': 8, '0.3': 18 },
  ],
  ['lookUp', [{ $map: [[7, 2]] }, 5], 10, { '0.7': 5, 1: 2 }],
  ['inSet', [{ $set: [1, 3, 'x'] }, 5], 25, { 1: 10 }],
  ['ragged', [[1, [2, [], [3]] as never, []]], 14, { '0.0': 2, '0.1.0': 4, '0.1.2.0': 6 }],
  // Integer-like keys come first, ascending; then the others as they stand.
  [
    'weighKeys',
    [{ b: 1, 'a.b': 2, '': 3, 10: 4, 2: 5, 'q"': 6, "'": 7, 'x[0]': 8 }],
    1 * 25 + 2 * 16 + 3 + 4 * 4 + 5 * 9 + 6 * 36 + 7 * 49 + 8 * 64,
    {
      '0.2': 10,
      '0.10': 16,
      '0.b': 6,
      '0["a.b"]': 16,
      '0[""]': 30,
      '0["q\\""]': 72,
      "0.'": 98,
      '0.x[0]': 128,
    },
  ],
  [
    'own',
    [JSON.parse('{"__proto__": 1, "constructor": 2, "hasOwnProperty": 3}')],
    17,
    { '0.__proto__': 5, '0.constructor': 3, '0.hasOwnProperty': 2 },
  ],
  // What is no number is no input.
  ['fill', [{ a: { $undefined: true } }, 3], 3, { 1: 1 }],
  ['fill', [{ a: null }, 3], 6, { 1: 2 }],
  ['fill', [{ a: true }, 3], 9, { 1: 3 }],
  ['fill', [{ a: 'text' }, 3], 12, { 1: 4 }],
  ['fill', [{ b: [null, { $undefined: true }, 'x', false] }, 3], 15, { 1: 5 }],
  // Parameters that are left out take their defaults, and are no inputs.
  ['optional', [2], 30, { 0: 15 }],
  ['optional', [2, { $undefined: true }, { scale: 7 }], 42, { 0: 21, '2.scale': 6 }],
  ['optional', [2, 4, {}], 40, { 0: 20, 1: 10 }],
  ['count', [1, 2, 3], 42, { 0: 6, 1: 12, 2: 18 }],
  ['count', [], 0, {}],
  // Objects with keys that look like one of the forms.
  ['weighKeys', [{ $class: 'Object', fields: { $number: 3, $new: 1 } }], 11, { '0.$number': 6, '0.$new': 4 }],
  ['weighKeys', [{ $price: 3 }], 9, { '0.$price': 6 }],
  // Infinite bounds do not move.
  ['clampTo', [3, { $number: '-Infinity' }, { $number: 'Infinity' }], 6, { 0: 2, 1: 0, 2: 0 }],
  ['unless', [3, { $number: 'Infinity' }], 9, { 0: 6, 1: 0 }],
  ['reciprocal', [{ $number: 'Infinity' }], 0, { 0: 0 }],
];

/** Keys like `1` come first in an object: back to the order of the arguments. */
const byArgument = (a: string, b: string) => Number.parseInt(a, 10) - Number.parseInt(b, 10);

describe('values', () => {
  test.each(known)('%s(%j)', async (name, args, value, partials) => {
    const answer = await about(name, args);
    expect(answer).toMatchObject({
      inputs: Object.keys(partials).sort(byArgument),
      outputs: [''],
    });
    expect(Number((answer['value'] as unknown[])[0])).toBeCloseTo(value, 12);
    const [row] = numbers(answer['jacobian'] as never);
    const given = Object.fromEntries((answer['inputs'] as string[]).map((path, i) => [path, row![i]]));
    for (const [path, partial] of Object.entries(partials))
      expect(given[path], path).toBeCloseTo(partial, 12);
    expect(answer['diagnostics']).toEqual([]);
  });

  test('receivers: instances by constructor and by fields, plain objects, accessors, private names', async () => {
    const made: EncodedValue = { $new: 'Vec2', args: [3, 4] };
    const fields: EncodedValue = { $class: 'Vec2', fields: { x: 3, y: 4 } };
    expect(await about('Vec2.norm', [], { this: made, wrt: ['this.0', 'this.1'] })).toMatchObject({
      value: [5],
      jacobian: [[0.6, 0.8]],
    });
    expect(await about('Vec2.norm', [], { this: fields, wrt: ['this.y'] })).toMatchObject({
      value: [5],
      jacobian: [[0.8]],
    });
    expect(await about('Vec2.norm', [], { this: { x: 3, y: 4 }, wrt: ['this.y'] })).toMatchObject({
      jacobian: [[0.8]],
    });
    expect(await about('Vec2.squared', [], { this: fields, wrt: ['this.y'] })).toMatchObject({
      value: [25],
      jacobian: [[8]],
    });
    expect(await about('Vec2.weighted', [], { this: made, wrt: ['this.0'] })).toMatchObject({
      value: [6],
      jacobian: [[2]],
    });
    expect(await about('Vec2.howMade', [], { this: made, wrt: ['this.0'] })).toMatchObject({
      jacobian: [[1]],
    });
    expect(await about('Vec2.howMade', [], { this: fields, wrt: ['this.x'] })).toMatchObject({
      jacobian: [[10]],
    });
    expect(
      await about('Vec2.isVec', [{ $class: 'Vec3', fields: { y: 5 } }], {
        this: made,
        wrt: ['0.y', 'this.0'],
      }),
    ).toMatchObject({ value: [15], jacobian: [[3, 5]] });
    // Without `wrt` the arguments alone are inputs.
    expect(await about('Vec2.isVec', [fields], { this: made })).toMatchObject({
      inputs: ['0.x', '0.y'],
      jacobian: [[0, 3]],
    });
    expect(await about('lib.times', [3], { this: { k: 10 } })).toMatchObject({
      value: [30],
      jacobian: [[10]],
    });
  });

  test('arrays of whole numbers hold theirs, and say so', async () => {
    for (const kind of [
      'Int8Array',
      'Uint8Array',
      'Uint8ClampedArray',
      'Int16Array',
      'Uint16Array',
      'Int32Array',
      'Uint32Array',
    ]) {
      const answer = await about('weigh', [{ $typed: kind, data: [3, 2] }]);
      expect(answer, kind).toMatchObject({
        value: [17],
        inputs: ['0.0', '0.1'],
        jacobian: [[0, 0]],
        diagnostics: [{ id: 'GL102' }],
      });
    }
    expect(await about('weigh', [{ $typed: 'Uint8Array', data: [257] }])).toMatchObject({ value: [1] });
  });

  test('numbers that are none make no derivative', async () => {
    expect(await about('optional', [{ $number: 'NaN' }])).toMatchObject({
      value: ['NaN'],
      jacobian: [['NaN']],
    });
    expect(await about('cube', [{ $number: 'Infinity' }])).toMatchObject({
      value: ['Infinity'],
      jacobian: [['NaN']],
    });
  });

  test.each<[EncodedValue, RegExp]>([
    [{ $number: '3' } as never, /\$number/],
    [{ $number: 3 } as never, /\$number/],
    [{ $number: 'NaN', x: 1 } as never, /\$number.*"x"/],
    [{ $undefined: false } as never, /\$undefined/],
    [{ $typed: 'Float16Array', data: [] }, /\$typed/],
    [{ $typed: 'Float64Array', data: 3 } as never, /data/],
    [{ $typed: 'Float64Array', data: ['x'] }, /numbers/],
    [{ $typed: 'Float64Array', data: [[1]] }, /numbers/],
    [{ $new: 'Nothing', args: [] }, /Nothing/],
    [{ $new: 3, args: [] } as never, /\$new/],
    [{ $new: 'Vec2', args: 3 } as never, /args/],
    [{ $class: 'Nothing', fields: {} }, /Nothing/],
    [{ $class: 'lib', fields: {} }, /not a class/],
    [{ $class: 'Vec2', fields: [] } as never, /fields/],
    [{ $function: 'nothing' }, /nothing/],
    [{ $function: 'lib.nothing' }, /lib\.nothing/],
    [{ $date: 'yesterday' }, /\$date/],
    [{ $map: [['a']] } as never, /pairs/],
    [{ $set: 3 } as never, /\$set/],
  ])('%j is refused', async (value, message) => {
    expect(await about('norm', [value])).toMatchObject({
      error: { id: 'BAD', message: expect.stringMatching(message) },
    });
  });
});
