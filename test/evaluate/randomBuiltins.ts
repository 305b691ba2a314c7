/** Random calls of built-ins: one receiver of each kind, a few methods of it with arguments of every type. */
import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

const numbers = ['0', '1', '2', '-1', '-2', '3.7', '-0', 'NaN', '100', '0.5', '1e21', '-7.25'];
const values = [
  ...numbers,
  ...numbers,
  ...['undefined', 'null', 'true', '""', '"b"', '"2"', '" 3 "', '"abc"', '3n', 'Symbol.iterator'],
  ...['[]', '[1, 2]', '[, 5]', '({})', '({ length: 2, 0: "x", 1: 7 })', 'new Set([1, 2])', '(x) => x'],
  ...['new Map([[1, 2]])', 'new Float64Array([1.5, 2])', 'new Date(86400000)', '/b/g', 'new String("bc")'],
];
const callbacks = [
  '(x, i) => x > 1',
  '(x) => x',
  '(x, i) => [x, i]',
  '(a, b) => a - b',
  '(a, b) => (a < b ? 1 : -1)',
  '(a, b) => a + b',
  '(...p) => p.length',
  'function (x) { return this }',
  '() => undefined',
  'String',
];
const argument: Text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...values) },
  { weight: 1, arbitrary: fc.constantFrom(...callbacks) },
);
const callback: Text = fc.constantFrom(...callbacks);
const number: Text = fc.constantFrom(...numbers, 'undefined', '"1"', 'null');
const pattern: Text = fc.constantFrom(
  '"b"',
  '""',
  '/b/',
  '/[a-c]/g',
  '/(\\w)(\\d)?/g',
  '/(?<n>b)/y',
  '/(?:)/gu',
  '/x|b$/gi',
  '1',
  'undefined',
);

const call = (name: string, ...args: Text[]): Text =>
  args.length === 0
    ? fc.constant(`.${name}()`)
    : fc
        .tuple(fc.nat(args.length), ...args)
        .map(([n, ...given]) => `.${name}(${given.slice(0, Math.max(n, args.length - 1)).join(', ')})`);
const calls = (names: string, ...args: Text[]): Text[] => names.split(' ').map((name) => call(name, ...args));

const iterated: Text = fc.constantFrom('[Symbol.iterator]().next()', '.size', '.length', '.constructor.name');
const element: Text = fc.tuple(number, argument).map(([i, v]) => `[${i}] = ${v}`);

const ARRAY = fc.oneof(
  ...calls('push unshift concat of', argument, argument),
  ...calls('pop shift reverse toReversed keys values entries toString', argument),
  ...calls('slice at copyWithin flat', number, number),
  ...calls('fill with', argument, number, number),
  ...calls('splice toSpliced', number, number, argument),
  ...calls('includes indexOf lastIndexOf join', argument, number),
  ...calls('map filter some every find findIndex findLast findLastIndex forEach flatMap', callback, argument),
  ...calls('reduce reduceRight', callback, argument),
  ...calls('sort toSorted', fc.constantFrom('undefined', ...callbacks.slice(3, 5))),
  ...calls('hasOwnProperty propertyIsEnumerable', argument),
  element,
  fc.constantFrom('0', '1', '3', '"2"', '-1').map((n) => `.length = ${n}`),
  iterated,
);
const TYPED = fc.oneof(
  ...calls('slice subarray at copyWithin', number, number),
  // V8 takes NaN for the end where typed arrays are filled.
  call('fill', argument, number),
  call('with', number, argument),
  ...calls('set', fc.constantFrom('[7]', '[1, 2]', 'c', 'c.subarray(1)', '"12"', 'new Int8Array(2)'), number),
  ...calls('includes indexOf lastIndexOf join', argument, number),
  ...calls('map filter some every find findIndex findLast findLastIndex forEach', callback, argument),
  ...calls('reduce reduceRight', callback, argument),
  ...calls('sort toSorted', fc.constantFrom('undefined', callbacks[3]!)),
  ...calls('reverse toReversed keys entries toString'),
  element,
  iterated,
  fc.constantFrom('.byteLength', '.byteOffset', '.buffer.byteLength'),
);
const TEXT = fc.oneof(
  ...calls('charAt charCodeAt codePointAt at substring substr slice', number, number),
  ...calls('indexOf lastIndexOf includes startsWith endsWith', argument, number),
  ...calls(
    'padStart padEnd',
    fc.constantFrom('2', '5', '-1', '3.9', '"4"'),
    fc.constantFrom('"xy"', '""', '1'),
  ),
  ...calls('repeat', fc.constantFrom('0', '2', '-1', '2.9', '"3"', 'NaN')),
  ...calls('concat', argument, argument),
  ...calls('trim trimStart trimEnd toLowerCase toUpperCase toString valueOf normalize'),
  ...calls('match search', pattern),
  call('split', pattern, fc.constantFrom('undefined', '1', '0', '-1')),
  ...calls(
    'replace replaceAll',
    pattern,
    fc.constantFrom('"[$&]"', '"$1$2"', '"$<n>"', '"$$`"', '(...m) => m.length', 'undefined'),
  ),
  pattern.map((p) => `.length + [..."ab1b".matchAll(${p === '/b/' ? '/b/g' : p})].length`),
);
const REGEXP = fc.oneof(
  ...calls('exec test', fc.constantFrom('"abcb1"', '"xbb"', '""', '"B"', 'undefined', '12')),
  fc.constantFrom('.lastIndex', '.lastIndex = 1', '.lastIndex = 0', '.source', '.flags', '.toString()'),
  fc.constantFrom('[Symbol.split]("abcb")', '[Symbol.replace]("abcb", "<$&>")', '[Symbol.match]("bb")'),
);
const MAP = fc.oneof(
  call('set', argument, argument),
  ...calls('get has delete', argument),
  ...calls('keys values entries'),
  call('forEach', callback),
  iterated,
);
const SET = fc.oneof(
  ...calls('add has delete', argument),
  ...calls('keys values entries'),
  call('forEach', callback),
  iterated,
);
const DATE = fc.oneof(
  ...calls('getTime valueOf getUTCFullYear getUTCMonth getUTCDate getUTCDay getUTCHours toISOString toJSON'),
  ...calls('setUTCFullYear setUTCMonth setUTCDate setUTCHours setUTCMinutes setUTCSeconds', number, number),
  call('setTime', fc.constantFrom('0', '1e12', '-1.5', 'NaN', '8.64e15', '9e15', '"5"')),
);
const NUMBER = fc.oneof(
  ...calls('toString', fc.constantFrom('2', '16', '36', '10', '1', 'undefined', '"8"')),
  ...calls(
    'toFixed toPrecision toExponential',
    fc.constantFrom('0', '1', '3', '7', '-1', '101', 'undefined'),
  ),
  ...calls('valueOf'),
);
const receivers: readonly (readonly [string, Text])[] = [
  ['[3, 1, 2]', ARRAY],
  ['[1, , "b", undefined, [4, [5]]]', ARRAY],
  ['Object.assign([1, 2], { q: 3 })', ARRAY],
  ['new Float64Array([3, -0, 1.5, NaN])', TYPED],
  ['new Float32Array([0.1, 2, 3]).subarray(1)', TYPED],
  ['new Uint8Array(new ArrayBuffer(8), 2, 4)', TYPED],
  ['new Int16Array([1, -2, 300])', TYPED],
  ['"abcb1"', TEXT],
  ['" B\\u00e9\\ud83d\\ude00 "', TEXT],
  ['/b/g', REGEXP],
  ['/(a)|(?<n>b)/y', REGEXP],
  ['/./u', REGEXP],
  ['new Map([[1, "a"], ["b", 2]])', MAP],
  ['new Set([1, "b", NaN])', SET],
  ['new Date(1e12)', DATE],
  ['new Date("2000-02-29T12:30:15.250Z")', DATE],
  ['123.456', NUMBER],
  ['-0', NUMBER],
  ['1e21', NUMBER],
];

const free: Text = fc.oneof(
  ...[
    'Object.keys',
    'Object.values',
    'Object.entries',
    'Object.getOwnPropertyNames',
    'Object.isFrozen',
    'Object.isSealed',
    'Array.from',
    'Array.isArray',
    'JSON.stringify',
    'Number',
    'String',
    'Boolean',
    'parseFloat',
    'isNaN',
    'isFinite',
    'Number.isInteger',
    'Number.isSafeInteger',
    'Symbol.keyFor',
    'BigInt',
    'Object.prototype.toString.call',
    'Reflect.ownKeys',
    'Math.max',
    'Math.hypot',
    'Date.UTC',
    'structuredClone',
  ].map((f) => argument.map((a) => `${f}(${a})`)),
  ...[
    'parseInt',
    'Object.is',
    'Object.assign',
    'Array.from',
    'Object.hasOwn',
    'Reflect.has',
    'Reflect.get',
    'Math.pow',
    'Math.atan2',
    'String.fromCharCode',
    'Object.getOwnPropertyDescriptor',
    'Array.of',
    'BigInt.asIntN',
    'String.raw',
  ].map((f) => fc.tuple(argument, argument).map(([a, b]) => `${f}(${a}, ${b})`)),
);

/** A function's body: what each call gives, and what has become of the receiver. */
export const builtInCalls: Text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...receivers)
      .chain(([receiver, method]) =>
        fc
          .array(method, { minLength: 1, maxLength: 4 })
          .map(
            (list) =>
              `const r = []; let c = ${receiver}; ${list
                .map((m) => `try { r.push(c${m}) } catch (e) { r.push(e.name) }`)
                .join(' ')} return [r, c]`,
          ),
      ),
  },
  {
    weight: 1,
    arbitrary: free.map((e) => `try { return [${e}] } catch (e) { return e.name }`),
  },
);
