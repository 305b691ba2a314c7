import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/annotations/annotation.ts';
import {
  mayBeAnnotated,
  parseAnnotation,
  parseIgnores,
  parsePaths,
  parseSample,
} from '../../core/annotations/index.ts';

/** What an annotation says, in short: values as their source text. */
function said(text: string, annotation: Annotation): Record<string, unknown> {
  const source = (at: { start: number; end: number }): string =>
    text.slice(at.start, at.end).replace(/\s+/g, ' ');
  const path = (p: { root: string; keys: readonly (string | number)[] }): string =>
    [p.root, ...p.keys].join('.');
  const out: Record<string, unknown> = {};
  if (annotation.differentiable) out['differentiable'] = true;
  if (annotation.wrt) out['wrt'] = annotation.wrt.map(path);
  if (annotation.samples.length > 0)
    out['at'] = annotation.samples.map((sample) =>
      Object.fromEntries(
        sample.values.map((v) => [
          v.root,
          v.value.kind === 'unsupported' ? 'malformed' : source(v.value.span),
        ]),
      ),
    );
  if (annotation.ranges.length > 0)
    out['range'] = Object.fromEntries(
      annotation.ranges.map((r) => [path(r.path), [source(r.low.span), source(r.high.span)]]),
    );
  if (annotation.gradientOf) out['gradientOf'] = annotation.gradientOf.name;
  return out;
}

describe('forms', () => {
  it.each<[string, Record<string, unknown>]>([
    ['// @differentiable', { differentiable: true }],
    ['//@differentiable', { differentiable: true }],
    ['/** @differentiable */', { differentiable: true }],
    ['# @differentiable at x = 2', { differentiable: true, at: [{ x: '2' }] }],
    ['"""@differentiable\n@at x = 2\n"""', { differentiable: true, at: [{ x: '2' }] }],
    ['// @differentiable at x1 = 2, x2 = 3', { differentiable: true, at: [{ x1: '2', x2: '3' }] }],
    [
      '// @differentiable at x1 = 2, x2 = 3 wrt x1',
      { differentiable: true, at: [{ x1: '2', x2: '3' }], wrt: ['x1'] },
    ],
    ['// @differentiable wrt x1 at x1 = 2', { differentiable: true, at: [{ x1: '2' }], wrt: ['x1'] }],
    ['// @differentiable at x = 2, wrt x', { differentiable: true, at: [{ x: '2' }], wrt: ['x'] }],
    [
      '// @differentiable\n// @wrt x\n// @at x = 2\n// @range x = [0, 1]',
      { differentiable: true, wrt: ['x'], at: [{ x: '2' }], range: { x: ['0', '1'] } },
    ],
    ['// @differentiable @wrt x @at x = 2', { differentiable: true, wrt: ['x'], at: [{ x: '2' }] }],
    [
      '/**\n * Prose, (with) [marks] = 3.\n * @differentiable\n * @at x = 2, y = [1, 2, 3], p = {mass: 1}\n */',
      { differentiable: true, at: [{ x: '2', y: '[1, 2, 3]', p: '{mass: 1}' }] },
    ],
    ['/*\n@differentiable\n@at x = 2\n*/', { differentiable: true, at: [{ x: '2' }] }],
    [
      '/** @differentiable\n * @param x the mass\n * @at x = 2\n * @returns it */',
      { differentiable: true, at: [{ x: '2' }] },
    ],
    ['/** @at x = 2\n * @differentiable */', { differentiable: true, at: [{ x: '2' }] }],
    ['// @differentiable at x = 1\n// @at x = 2', { differentiable: true, at: [{ x: '1' }, { x: '2' }] }],
    ['// @differentiable at x = 1 at x = 2', { differentiable: true, at: [{ x: '1' }, { x: '2' }] }],
    [
      '// @differentiable at #2 = 3, this = new V(1, 2)',
      { differentiable: true, at: [{ '#2': '3', this: 'new V(1, 2)' }] },
    ],
    [
      '// @differentiable wrt x, p.mass, y[0], q.*, this.k, #2.x, m[*], o["a b"]',
      { differentiable: true, wrt: ['x', 'p.mass', 'y.0', 'q.*', 'this.k', '#2.x', 'm.*', 'o.a b'] },
    ],
    ['// @gradientOf f', { gradientOf: 'f' }],
    ['// @gradientOf Vec.length', { gradientOf: 'Vec.length' }],
    ['// @gradientOf f\n// @at x = 2', { gradientOf: 'f', at: [{ x: '2' }] }],
    [
      '// @differentiable at θ = 1, at = 2, wrt = 3 wrt wrt, at',
      { differentiable: true, at: [{ θ: '1', at: '2', wrt: '3' }], wrt: ['wrt', 'at'] },
    ],
  ])('%j', (text, expected) => {
    const annotation = parseAnnotation(text)!;
    expect(annotation.problems).toEqual([]);
    expect(said(text, annotation)).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>]>([
    ['// @differentiable at x = 1 +\n//   2,\n//   y = [1,\n//  2]', { x: '1 + // 2', y: '[1, // 2]' }],
    ['/** @differentiable\n * @at x = {\n *   a: 1,\n *   b: 2 }\n */', { x: '{ * a: 1, * b: 2 }' }],
    ['// @differentiable at x = 1\n//   , y = 2', { x: '1', y: '2' }],
    ['// @differentiable at x =\n//   -1', { x: '-1' }],
    ['// @differentiable at x = 1\n//   + 2', { x: '1 // + 2' }],
  ])('values wrap: %j', (text, expected) => {
    const annotation = parseAnnotation(text)!;
    expect(annotation.problems).toEqual([]);
    expect(said(text, annotation)['at']).toEqual([expected]);
  });

  it.each([
    '// @differentiable at x = 2\n// Prose that follows (with marks) = [1].',
    '// @differentiable at x = 2.\n// Prose.',
    '/** @differentiable at x = 2\n * - a list\n * - of things\n */',
    '/** @differentiable at x = 2\n *\n * at the origin all is flat\n * range of things\n */',
    '/** @differentiable at x = 2 — the usual place */',
    '// @differentiable at x = 2\r\n// Windows',
  ])('prose is left alone: %j', (text) => {
    const annotation = parseAnnotation(text)!;
    expect(annotation.problems).toEqual([]);
    expect(said(text, annotation)).toEqual({
      differentiable: true,
      at: [{ x: expect.stringMatching(/^2\.?$/) }],
    });
  });

  it.each([
    '// nothing',
    '// see @differentiable',
    '/** @param x = 2 */',
    '// @at x = 2',
    '/** @range 0..10 */',
    '/** @default 3\n * @deprecated @generator @global @description @differential */',
    '',
    '/*',
    '// user@differentiable.org',
  ])('no annotation: %j', (text) => {
    expect(parseAnnotation(text)).toBeUndefined();
  });

  it('gives spans relative to the statement, whatever the region', () => {
    const text = 'const a = 1;\n/* one */\n// @differentiable at x = 2\nfunction f(x) {}';
    const region = { start: text.indexOf('/*'), end: text.indexOf('\nfunction') };
    const annotation = parseAnnotation(text, region)!;
    expect(text.slice(annotation.span.start, annotation.span.end)).toBe(
      '// @differentiable at x = 2'.slice(3),
    );
    expect(text.slice(annotation.samples[0]!.values[0]!.rootSpan.start).startsWith('x = 2')).toBe(true);
  });
});

/** Problems are marked in the text: `‹…›` around what is to blame. */
describe('malformed annotations', () => {
  it.each<[string, string, Record<string, unknown>?]>([
    ['// @differentiable at x ‹=›', "Expected a number, an array or an object after '='."],
    [
      '// @differentiable at x = ‹,› y = 3',
      "Expected a number, an array or an object after '=', found ','.",
      { at: [{ x: 'malformed', y: '3' }] },
    ],
    [
      '// @differentiable at x ‹2›, y = 3',
      "Expected '=' after 'x', found '2'.",
      { at: [{ x: 'malformed', y: '3' }] },
    ],
    ['// @differentiable at x = 2 ‹y› = 3', "Expected ',', found 'y'.", { at: [{ x: '2', y: '3' }] }],
    ['// @differentiable ‹x› = 2', "Expected 'at', 'wrt', 'range' or the end of the line, found 'x'."],
    ['// @differentiable at x = 2 ‹;›', "Expected ',' or an operator: ';' cannot stand here."],
    ['// @differentiable at x ‹==› 2', "Expected one '='."],
    [
      '// @differentiable at x = [1, 2 ‹3›], y = 4',
      "Expected ',' or ']', found '3'.",
      { at: [{ x: 'malformed', y: '4' }] },
    ],
    ['// @differentiable at x = 1, ‹x› = 2', "'x' has a value already in this sample.", { at: [{ x: '1' }] }],
    [
      '// @differentiable at p‹.›mass = 3, x = 2',
      'A sample gives whole parameters: write p = {…} or p = […].',
      { at: [{ p: 'malformed', x: '2' }] },
    ],
    ['// @differentiable at ‹#0› = 3', 'Parameters are numbered from #1.'],
    ['// @differentiable wrt ‹3›, y', "Expected a parameter's name, found '3'.", { wrt: ['y'] }],
    ['// @differentiable wrt x, ‹x›', "'x' is named twice.", { wrt: ['x'] }],
    [
      '// @differentiable wrt x[‹0.5›], y',
      "Expected an index, a field's name in quotes or '*' after '[', found '0.5'.",
      { wrt: ['y'] },
    ],
    ['// @differentiable wrt x‹,›', "Expected another one after ','.", { wrt: ['x'] }],
    ['// @differentiable wr‹t›', "Expected a parameter's name."],
    ['// @differentiable\n// @range x = ‹0›', "Expected '[' and the interval's two ends, found '0'."],
    [
      '// @differentiable\n// @range x = [0‹]›, y = [1, 2]',
      "Expected ',' and the interval's upper end, found ']'.",
      { range: { y: ['1', '2'] } },
    ],
    ['// @gradientOf ‹2›', "Expected the name of a function after 'gradientOf', found '2'."],
    [
      '// @gradientOf f\n// ‹@differentable› at x = 2',
      "Unknown tag '@differentable': did you mean '@differentiable'?",
      { gradientOf: 'f' },
    ],
    ['// ‹@differentable› at x = 2', "Unknown tag '@differentable': did you mean '@differentiable'?", {}],
    ['// ‹@Differentiable›', "Unknown tag '@Differentiable': did you mean '@differentiable'?", {}],
    ['// ‹@gradientof› f', "Unknown tag '@gradientof': did you mean '@gradientOf'?", {}],
    ['// @differentiable\n// ‹@wtr› x', "Unknown tag '@wtr': did you mean '@wrt'?", { differentiable: true }],
    [
      '// @differentiable\n// ‹@att› x = 2',
      "Unknown tag '@att': did you mean '@at'?",
      { differentiable: true },
    ],
    [
      '// @differentiable\n// ‹@ragne› x = [0, 1]',
      "Unknown tag '@ragne': did you mean '@range'?",
      { differentiable: true },
    ],
    [
      '// @differentiable\n// ‹@differentiable›',
      '@differentiable is here already.',
      { differentiable: true },
    ],
  ])('%s', (marked, message, expected) => {
    const text = marked.replace(/[‹›]/g, '');
    const start = marked.indexOf('‹');
    const end = marked.indexOf('›') - 1;
    const annotation = parseAnnotation(text)!;
    expect(annotation.problems).toEqual([{ id: 'GL001', message, span: { start, end } }]);
    if (expected) expect(said(text, annotation)).toMatchObject(expected);
  });

  it('a second claim and a third problem do not hide each other', () => {
    const annotation = parseAnnotation('// @gradientOf f\n// @gradientOf g\n// @at x = , y = (\n// @wrt +')!;
    expect(annotation.problems).toHaveLength(4);
    expect(annotation.gradientOf?.name).toBe('f');
  });
});

const TEXTS = [
  '// @differentiable at x1 = 2, x2 = 3 wrt x1',
  '/**\n * Prose.\n * @differentiable\n * @at x = 2, y = [1, 2, 3], p = {mass: 1e-3, "k": -PI}\n * @range p.mass = [0, Infinity]\n * @gradientOf f.g\n */',
  '// @differentiable at #2 = linspace(0, 1, 5), this = new V(1, [2]),\r\n//   s = "a\\u{1F600}b" wrt this.k, q.*, y[0]',
];

/** Nothing throws, and every span lies within the text. */
function checked(text: string): void {
  const annotation = parseAnnotation(text);
  const spans = annotation
    ? [
        annotation.span,
        ...annotation.problems.map((p) => p.span),
        ...annotation.samples.flatMap((s) => [
          s.span,
          ...s.values.flatMap((v) => [v.rootSpan, v.value.span]),
        ]),
        ...(annotation.wrt ?? []).map((p) => p.span),
        ...annotation.ranges.flatMap((r) => [r.path.span, r.low.span, r.high.span]),
      ]
    : [];
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  if (annotation) expect(mayBeAnnotated(text)).toBe(true);
}

describe('hostile input', () => {
  it('survives every prefix and suffix', () => {
    for (const text of TEXTS)
      for (let i = 0; i <= text.length; i++) {
        checked(text.slice(0, i));
        checked('// @differentiable ' + text.slice(i));
      }
  });

  it('survives random edits and random text', () => {
    const bit = fc.constantFrom(
      '@',
      '@at ',
      '@differentiable ',
      ' at ',
      ' wrt ',
      'x',
      ' = ',
      ',',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      '"',
      "'",
      '\\',
      '\n',
      '\r\n',
      '// ',
      '* ',
      '*/',
      '/**',
      '#',
      '...',
      '-',
      '**',
      '0x',
      '1e',
      '.',
      '\u0000',
      '\ud800',
      '\udc00',
      '\u2028',
      '😀',
      ':',
      'new ',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.nat(),
        fc.nat(20),
        fc.array(bit, { maxLength: 6 }),
        (text, at, cut, bits) => {
          const i = at % (text.length + 1);
          checked(text.slice(0, i) + bits.join('') + text.slice(i + cut));
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(bit), (bits) => checked('// @differentiable ' + bits.join(''))),
      { numRuns: 1000 },
    );
  });

  it('survives long lines', () => {
    for (const piece of [
      'x',
      '@at ',
      '@at x = ',
      '[',
      '"',
      '(',
      'at x = 1, ',
      '@',
      '\n',
      ' ',
      '.',
      'wrt x, ',
    ])
      checked('// @differentiable at y = ' + piece.repeat(Math.floor(2e5 / piece.length)));
  });
});

describe('command line', () => {
  it('takes the same grammar', () => {
    expect(parseSample('x=2,y=3').sample.values.map((v) => v.root)).toEqual(['x', 'y']);
    expect(parsePaths('x, p.mass').paths.map((p) => [p.root, ...p.keys])).toEqual([['x'], ['p', 'mass']]);
    expect(parseSample('x=2 y').problems).toHaveLength(1);
    expect(parseSample('').problems).toHaveLength(1);
    expect(parsePaths('x y').problems).toHaveLength(1);
  });
});

describe('ignores', () => {
  it('are found with their line, ids and reason', () => {
    const text =
      'a\r\n// gradlens-ignore GL104: a jump is meant\nb\n  /* gradlens-ignore GL101, GL102 */\n# gradlens-ignore GL109 python\n// gradlens-ignore nothing';
    expect(parseIgnores(text).map(({ ids, reason, line }) => ({ ids, reason, line }))).toEqual([
      { ids: ['GL104'], reason: 'a jump is meant', line: 1 },
      { ids: ['GL101', 'GL102'], reason: '', line: 3 },
      { ids: ['GL109'], reason: 'python', line: 4 },
    ]);
    const [first] = parseIgnores(text);
    expect(text.slice(first!.start, first!.end)).toBe('// gradlens-ignore GL104: a jump is meant');
  });
});
