/** What is read of types, against what TypeScript's type checker makes of them: the same, or nothing. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { Shape } from '../../core/source/shape.ts';
import { declaredTypes, shapeOfType, typeLookup } from '../../server/languages/typescript/index.ts';

const DECLARED = `
interface P { x: number; y: number }
interface Q extends P { z?: string; list: number[] }
enum Level { Low = 1, High, Top = 'top' }
enum Names { A = 'a', B = 'b' }
enum Counts { One = 1, Two }
const KEYS = ['x', 'y'] as const;
const TABLE = { a: 1, b: 'two', c: [1, 2], d: -1 } as const;
const origin = { x: 0, y: 0, at: { z: 1 } };
function plain() { return { x: 1, y: 2 * 3 }; }
function typed(a: number, b: string): P { return { x: a, y: b.length }; }
const arrow = (p: P) => ({ u: Math.PI, v: -1, w: Math.sin(p.x) * p.y });
async function later() { return 1; }
function* many() { yield 1; }
type Unwrap<T> = T extends (infer U)[] ? U : T;
type Items<T> = T extends readonly (infer U)[] ? U : string;
type IsNumber<T> = T extends number ? 'yes' : 'no';
type Pick2<T> = T extends 'a' | 'b' ? number : string;
type IsTrue<T> = T extends true ? number : string;
type Deep<T> = T extends number | string ? T : { readonly [K in keyof T]: Deep<T[K]> };
type Optional<T> = { [K in keyof T]?: T[K] };
type Getters<T> = { [K in keyof T & string as \`get\${Capitalize<K>}\`]: () => T[K] };
type Prefixed<T extends string> = { [K in T as \`d_\${K}\`]: number };
type Returned<F> = F extends (...args: any[]) => infer R ? R : never;
type First<F> = F extends (first: infer A, ...rest: any[]) => unknown ? A : never;
type HasX<T> = T extends { x: number } ? T['x'] : string;
type Value<T> = T extends { value: infer V } ? V : never;
type Keys<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T];
type Exact<N> = N extends 3 ? [number, number, number] : number[];
type Negative<N> = N extends -1 ? number : string;
type Starts<T> = T extends \`a\${string}\` ? number : string;
type KeyOf<K> = K extends keyof P ? number : string;
type NotNull<T> = T extends null | undefined ? never : T;
type Tree = { v: number; left: Tree | null };
type Mutable<T> = { -readonly [K in keyof T]-?: T[K] };
type Branded = number & { readonly __unit: 'm' };
`;

const TYPES = `
number|string|boolean|P|Q|P['x']|P[keyof P]|Q['list']|Q['list'][number]|Partial<P>|Required<Q>|Readonly<P>
Pick<Q, 'x' | 'list'>|Omit<Q, 'z'>|Record<'a' | 'b', number>|Record<Names, number>|Record<Counts, number>
Record<(typeof KEYS)[number], number>|(typeof KEYS)[number]|typeof KEYS|typeof TABLE|(typeof TABLE)['c'][number]
typeof TABLE['d']|typeof origin|typeof origin.at|ReturnType<typeof plain>|ReturnType<typeof typed>|ReturnType<typeof arrow>
Parameters<typeof typed>|Parameters<typeof typed>[1]|ReturnType<typeof later>|ReturnType<typeof many>
Unwrap<number[]>|Unwrap<P[]>|Unwrap<string>|Unwrap<readonly number[]>|Unwrap<ReadonlyArray<number>>|Unwrap<Array<P>>|Unwrap<Q['list']>|Unwrap<readonly [number]>|Items<readonly number[]>|Items<number[]>|Items<P>|Partial<number[]>|Required<(number | undefined)[]>|Readonly<number[]>|Unwrap<Readonly<number[]>>|Mutable<readonly number[]>|Optional<[number, number]>|Unwrap<[number, number]>|Unwrap<P>
IsNumber<number>|IsNumber<string>|IsNumber<3>|IsNumber<number[]>|Pick2<'a'>|Pick2<'c'>|Pick2<'a' | 'b'>|Pick2<'a' | 'c'>|Pick2<string>
IsTrue<true>|IsTrue<false>|IsTrue<boolean>|IsTrue<number>|Deep<P>|Deep<Q>|Deep<{ a: P; b: { c: number[] } }>|Deep<[number, P]>
Optional<P>|Optional<number[]>|Optional<number>|Getters<P>|Prefixed<'x' | 'y'>|Returned<typeof typed>|Returned<() => number[]>
Returned<number>|First<typeof typed>|HasX<P>|HasX<{ y: number }>|HasX<{ x?: number }>|HasX<number>|HasX<{ x: string }>
Value<{ value: P }>|Value<{ value?: P }>|Value<{ v: P }>|Keys<Q>|Record<Keys<P>, number>|Exact<3>|Exact<4>|Exact<number>
Negative<-1>|Negative<-2>|Negative<1>|Starts<'abc'>|Starts<'b'>|KeyOf<'x'>|KeyOf<'q'>|KeyOf<string>|NotNull<number | null>|NotNull<P | undefined>
Exclude<'a' | 'b', 'a'>|Exclude<number | string, string>|Exclude<number | true, false>|Exclude<boolean | number, true>|Extract<number | string, number>
Exclude<keyof Q, 'z' | 'list'>|Record<Exclude<keyof Q, 'z' | 'list'>, number>|Extract<Names, Names.A>|NonNullable<P | null>
Mutable<Readonly<Q>>|Branded|Level.Low|Counts|Names.A|{ a: 1 } & { b: number }|P & { x: number; w: boolean }|P | Q|{ x: number } | { y: number }
{ k: 'a'; x: number } | { k: 'b'; x: number; y: number }|{ x: number } | { x: string }|{ x: number } | number[]|number[] | readonly number[]
[number, ...number[]]|[number, string?]|number | undefined|number | bigint|Uppercase<'a'>|Record<Uppercase<'a' | 'b'>, number>|Awaited<Promise<number>>
Awaited<number>|never|unknown|object|{}|bigint|symbol|1 | 2|'a' | 1|true | 1|-1 | 2|Tree['v']|InstanceType<typeof Date>|Function|() => number
`
  .trim()
  .split(/\n|\|(?=\S)/)
  .filter((type) => type.trim() !== '');

const file = ts.createSourceFile(
  '/types.ts',
  `${DECLARED}\n${TYPES.map((type, i) => `declare const $${i}: ${type};`).join('\n')}`,
  ts.ScriptTarget.ES2022,
);
const options: ts.CompilerOptions = { strict: true, noEmit: true, lib: ['lib.es2022.d.ts'], types: [] };
const host = ts.createCompilerHost(options);
const { getSourceFile } = host;
host.getSourceFile = (name, ...rest) =>
  name === '/types.ts' ? file : getSourceFile.call(host, name, ...rest);
const checker = ts.createProgram(['/types.ts'], options, host).getTypeChecker();

const PLAIN =
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.ESSymbolLike |
  ts.TypeFlags.VoidLike |
  ts.TypeFlags.Null;

/** What of a shape contradicts the checker's type; nothing is said where nothing is known. */
function contradiction(shape: Shape, type: ts.Type, path: string): string | undefined {
  const isLike = (flags: ts.TypeFlags, of: ts.Type = type): boolean =>
    of.isUnion()
      ? of.types.every((one) => isLike(flags, one))
      : of.isIntersection()
        ? of.types.some((one) => isLike(flags, one))
        : (of.flags & flags) !== 0;
  const no = (what: string): string => `${path} is ${what}: ${checker.typeToString(type)}`;
  switch (shape.kind) {
    case 'unknown':
      return shape.named === undefined && !isLike(ts.TypeFlags.Any) ? no('any') : undefined;
    case 'number':
      return isLike(ts.TypeFlags.NumberLike) ? undefined : no('a number');
    case 'boolean':
      return isLike(ts.TypeFlags.BooleanLike) ? undefined : no('a boolean');
    case 'string':
      return isLike(ts.TypeFlags.StringLike) ? undefined : no('a string');
    case 'function':
      return type.getCallSignatures().length > 0 || checker.typeToString(type) === 'Function'
        ? undefined
        : no('a function');
    case 'optional':
      return contradiction(shape.shape, checker.getNonNullableType(type), path);
    case 'array': {
      const each = type.isUnion() ? type.types : [type];
      for (const one of each) {
        const element = checker.getIndexTypeOfType(one, ts.IndexKind.Number);
        if (element === undefined) return no('an array');
        const wrong = contradiction(shape.element, element, `${path}[]`);
        if (wrong !== undefined) return wrong;
      }
      return undefined;
    }
    case 'tuple': {
      if (!checker.isTupleType(type)) return no('a tuple');
      const types = checker.getTypeArguments(type as ts.TypeReference);
      if (types.length !== shape.elements.length) return no(`of ${shape.elements.length}`);
      return shape.elements
        .map((one, i) => contradiction(one, types[i]!, `${path}[${i}]`))
        .find((wrong) => wrong !== undefined);
    }
    case 'object': {
      if (isLike(PLAIN | ts.TypeFlags.Any | ts.TypeFlags.Never) || checker.isArrayLikeType(type))
        return no('an object');
      const each = type.isUnion() ? type.types : [type];
      const own = new Set(each.flatMap((one) => checker.getPropertiesOfType(one).map(({ name }) => name)));
      for (const name of own)
        if (!shape.fields.some((field) => field.name === name)) return no(`without ${name}`);
      for (const { name, shape: inner, optional } of shape.fields) {
        if (inner.kind === 'unknown') continue;
        for (const one of each) {
          const property = checker.getPropertyOfType(one, name);
          if (property === undefined) return no(`with ${name}`);
          const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
          if (isOptional && !optional) return no(`with ${name} always`);
          const found = checker.getTypeOfSymbol(property);
          const wrong = contradiction(
            inner,
            optional ? checker.getNonNullableType(found) : found,
            `${path}.${name}`,
          );
          if (wrong !== undefined) return wrong;
        }
      }
      return undefined;
    }
  }
}

const declarations = file.statements.slice(-TYPES.length);
const lookup = typeLookup(declaredTypes(DECLARED));

test.each(TYPES.map((type, i) => [type.trim(), i] as const))('%s', (type, i) => {
  const [declared] = (declarations[i] as ts.VariableStatement).declarationList.declarations;
  const of = checker.getTypeAtLocation(declared!.name);
  const shape = shapeOfType(type, lookup);
  expect(contradiction(shape, of, 'it'), JSON.stringify(shape)).toBeUndefined();
});

test('most of them are understood', () => {
  const known = TYPES.filter((type) => shapeOfType(type.trim(), lookup).kind !== 'unknown');
  expect(known.length).toBeGreaterThan(0.7 * TYPES.length);
});
