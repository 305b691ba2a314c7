import { describe, expect, test } from 'vitest';
import type { FunctionAnalysis } from '../../core/analysis/model.ts';
import type { Problem } from '../../core/problem.ts';
import { codeActions } from '../../server/features/codeAction.ts';
import { gradientTitle, lensKinds, lensTitle } from '../../server/features/codeLens.ts';
import { diagnostics } from '../../server/features/diagnostics.ts';
import {
  escapeMarkdown,
  expressionHover,
  functionHover,
  hoverMarkdown,
  parameterHover,
} from '../../server/features/hover.ts';
import { inlayHints } from '../../server/features/inlayHints.ts';
import { TANGENTS, TEXT, tutorialAnalysis, URI, viewOf } from './tutorial.ts';

const OPTIONS = { digits: 4, commands: true };
const view = (changes: Partial<FunctionAnalysis> = {}) => viewOf({ ...tutorialAnalysis(), ...changes });

describe('hover', () => {
  test("the tutorial's function, as the product specifies it", () => {
    expect(functionHover(view(), OPTIONS)?.lines).toEqual([
      'f(2, 3) = x1·x2 + sin(x1) ≈ 6.909',
      '∂f/∂x1 = x2 + cos(x1) ≈ 2.584',
      '∂f/∂x2 = x1 = 2',
    ]);
  });

  test('the links carry their arguments encoded, and name the commands', () => {
    const markdown = hoverMarkdown(functionHover(view(), OPTIONS)!);
    expect(markdown.startsWith('```text\nf(2, 3)')).toBe(true);
    const links = [...markdown.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?([^)]*)\)/g)];
    expect(links.map((link) => link[1])).toEqual(['Show graph', 'Copy as LaTeX', 'Copy numbers']);
    expect(links.map((link) => link[2])).toEqual([
      'gradlens.showGraph',
      'gradlens.copyGradient',
      'gradlens.copyGradient',
    ]);
    expect(JSON.parse(decodeURIComponent(links[1]![3]!))).toEqual([{ uri: URI, target: 'f' }, 'latex']);
  });

  test('no links without commands', () => {
    expect(functionHover(view(), { ...OPTIONS, commands: false })?.links).toEqual([]);
  });

  test('without a sample: formulas only', () => {
    expect(functionHover(view({ sample: undefined, sampleCount: 0 }), OPTIONS)?.lines).toEqual([
      'f(x1, x2) = x1·x2 + sin(x1)',
      '∂f/∂x1 = x2 + cos(x1)',
      '∂f/∂x2 = x1',
    ]);
  });

  test('without formulas: numbers only', () => {
    expect(functionHover(view({ formulas: undefined }), OPTIONS)?.lines).toEqual([
      'f(2, 3) ≈ 6.909',
      '∂f/∂x1 ≈ 2.584',
      '∂f/∂x2 = 2',
    ]);
  });

  test('without a sample and without a formula it says what would give numbers', () => {
    const hover = functionHover(
      view({ formulas: undefined, sample: undefined, sampleCount: 0, problems: [] }),
      OPTIONS,
    )!;
    expect(hover.lines).toEqual([]);
    expect(hover.notes.join()).toContain('@differentiable at x1 = …, x2 = …');
  });

  test('at most four partials, then how many more', () => {
    const { sample } = tutorialAnalysis();
    const inputs = Array.from({ length: 10 }, (_, i) => ({
      label: `x[${i}]`,
      path: ['0', i],
      value: i,
      row: i,
      parameter: 0,
    }));
    const jacobian = [inputs.map((_, i) => i)];
    const hover = functionHover(
      view({ formulas: undefined, sample: { ...sample!, inputs, jacobian } }),
      OPTIONS,
    )!;
    expect(hover.lines).toHaveLength(5);
    expect(hover.lines[0]).toBe('f([0, 1, 2, …]) ≈ 6.909');
    expect(hover.links[0]?.title).toBe('6 more');
  });

  test('what is held fixed stands among the arguments and is named below them', () => {
    const { sample } = tutorialAnalysis();
    const leaf = (label: string, path: (string | number)[], value: number) => ({ label, path, value });
    const inputs = [
      { ...leaf('v[1]', [1, 1], 5), row: 0, parameter: 1 },
      { ...leaf('k', [3], 8), row: 1, parameter: 3 },
    ];
    const passive = [
      leaf('theta0', [0], 0.5),
      leaf('v[0]', [1, 0], 4),
      leaf('p.a', [2, 'a'], 6),
      leaf('p.b', [2, 'b'], 7),
      leaf('this.g', ['this', 'g'], 9),
    ];
    const hover = functionHover(
      view({ formulas: undefined, sample: { ...sample!, inputs, passive } }),
      OPTIONS,
    )!;
    expect(hover.lines[0]).toBe('f(0.5, [4, 5], {a: 6, b: 7}, 8) ≈ 6.909');
    expect(hover.notes).toContain('theta0, v[0], p, this.g held fixed.');
  });

  test('a refusal alone is said in words', () => {
    const problem: Problem = { id: 'GL111', severity: 'error', message: 'No labels.' };
    const nothing = { sample: undefined, formulas: undefined };
    expect(functionHover(view({ ...nothing, problems: [problem] }), OPTIONS)).toMatchObject({
      lines: [],
      notes: ['GL111: No labels.'],
      links: [],
    });
  });

  test('a parameter: its partial alone', () => {
    expect(parameterHover(view(), 0, OPTIONS)?.lines).toEqual(['x1 = 2', '∂f/∂x1 = x2 + cos(x1) ≈ 2.584']);
    expect(parameterHover(view(), 5, OPTIONS)).toBeNull();
  });

  test('a variable: value, adjoint and tangents', () => {
    const { observations } = tutorialAnalysis().sample!;
    expect(expressionHover(view(), observations[2]!, TANGENTS[3]!, OPTIONS)?.lines).toEqual([
      's ≈ 0.9093',
      '∂f/∂s = 1',
      '∂s/∂x1 ≈ −0.4161',
      '∂s/∂x2 = 0',
    ]);
  });

  test('an expression is called by the first variable that holds it', () => {
    const { observations } = tutorialAnalysis().sample!;
    expect(expressionHover(view(), observations[4]!, TANGENTS[4]!, OPTIONS)?.lines).toEqual([
      'p + s ≈ 6.909',
      '∂f/∂(p + s) = 1',
      '∂(p + s)/∂x1 ≈ 2.584',
      '∂(p + s)/∂x2 = 2',
    ]);
  });

  test('problem messages cannot smuggle Markdown in', () => {
    expect(escapeMarkdown('[x](command:evil) <b> `a`')).toBe('\\[x\\]\\(command:evil\\) \\<b\\> \\`a\\`');
  });
});

describe('code lens', () => {
  test('the gradient at the sample', () => {
    expect(lensTitle('gradient', view(), OPTIONS)).toMatchObject({
      title: '∇f(2, 3) ≈ (2.584, 2)',
      command: 'gradlens.showGraph',
    });
  });

  test('which lenses there are follows from the annotation', () => {
    expect(lensKinds(0, true)).toEqual(['graph', 'insert']);
    expect(lensKinds(1, true)).toEqual(['graph', 'gradient', 'insert']);
    expect(lensKinds(3, true)).toEqual(['graph', 'gradient', 'sample', 'insert']);
    expect(lensKinds(3, false)).toEqual(['gradient']);
  });

  test('above four inputs the norm', () => {
    const { sample } = tutorialAnalysis();
    const inputs = Array.from({ length: 100 }, (_, i) => ({ ...sample!.inputs[0]!, path: ['0', i] }));
    const jacobian = [inputs.map(() => 1)];
    expect(gradientTitle(view({ sample: { ...sample!, inputs, jacobian } }), 4)).toBe(
      '‖∇f‖ = 10 (100 inputs)',
    );
  });

  test('array elements that are held fixed keep their places', () => {
    const { sample } = tutorialAnalysis();
    const leaf = (i: number, value: number) => ({ label: `x[${i}]`, path: ['0', i], value });
    const [first, last] = [leaf(0, 3), leaf(3, 5)];
    const inputs = [leaf(1, 1), leaf(2, 2)].map((one) => ({ ...sample!.inputs[0]!, ...one }));
    const held = { fixed: [last, first], passive: [last, first], inputs, jacobian: [[7, 8]] };
    expect(gradientTitle(view({ sample: { ...sample!, ...held } }), 4)).toBe(
      '∇f([3, 1, 2, 5]) = (0, 7, 8, 0)',
    );
  });

  test('outdated is said, and no title is longer than 60 characters', () => {
    const { sample, target } = tutorialAnalysis();
    const inputs = [1, 2, 3, 4].map((value, i) => ({
      ...sample!.inputs[0]!,
      value: value * 1.234567e-9,
      path: [String(i)],
    }));
    const parameters = inputs.map(() => target.node.parameters[0]!);
    const jacobian = [inputs.map(() => -1.23456e-7)];
    const analysis = {
      ...tutorialAnalysis(),
      target: {
        ...target,
        name: 'aRatherLongFunctionNameThatFillsTheLine',
        node: { ...target.node, parameters },
      },
      sample: { ...sample!, inputs, jacobian },
    };
    for (const digits of [1, 4, 17]) {
      const { title } = lensTitle('gradient', viewOf(analysis, { outdated: true }), {
        digits,
        commands: true,
      });
      expect(title.length).toBeLessThanOrEqual(60);
      expect(title.endsWith(' (outdated)')).toBe(true);
    }
  });
});

describe('inlay hints', () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const sources = { tangents: (row: number) => TANGENTS[row]!, adjointFormula: () => 'x2' };
  const hints = (mode: Parameters<typeof inlayHints>[1], range = whole) =>
    inlayHints(view(), mode, range, 4, sources);
  const spliced = (found: ReturnType<typeof hints>) => {
    const lines = TEXT.split('\n');
    for (const { position, label } of found) {
      const line = lines[position.line]!;
      expect(position.character).toBe(line.length);
      lines[position.line] = `${line}  ${label}`;
    }
    return lines.slice(1, 4).join('\n');
  };

  test('value and derivative', () => {
    expect(spliced(hints('value+derivative'))).toBe(
      '  const p = x1 * x2;  = 6, ∂f = 1\n  const s = Math.sin(x1);  ≈ 0.909, ∂f = 1\n  return p + s;  ≈ 6.91',
    );
  });

  test('tangent', () => {
    expect(spliced(hints('tangent'))).toBe(
      '  const p = x1 * x2;  = 6, ∂/∂x1 = 3\n  const s = Math.sin(x1);  ≈ 0.909, ∂/∂x1 ≈ −0.416\n  return p + s;  ≈ 6.91, ∂/∂x1 ≈ 2.58',
    );
  });

  test('formula', () => {
    expect(hints('formula')[0]?.label).toBe('∂f = x2');
  });

  test('where space is short the value stands alone, and an old one is marked all the same', () => {
    const { sample, ...rest } = tutorialAnalysis();
    const adjoints = sample!.adjoints.map(() => -1.2345678e-10);
    const small = { ...rest, sample: { ...sample!, adjoints } };
    const labels = (outdated: boolean, mode: Parameters<typeof inlayHints>[1]) =>
      inlayHints({ ...viewOf(small), outdated }, mode, whole, 4, {
        ...sources,
        adjointFormula: () => 'x1·x2 + sin(x1) − cos(x2)',
      }).map(({ label }) => label);
    expect(labels(false, 'value+derivative')).toEqual([
      '= 6, ∂f ≈ −1.23e-10',
      '≈ 0.909, ∂f ≈ −1.23e-10',
      '≈ 6.91',
    ]);
    expect(labels(true, 'value+derivative')).toEqual(['= 6, ∂f ≈ −1.23e-10 ⟳', '≈ 0.909 ⟳', '≈ 6.91 ⟳']);
    expect(labels(true, 'formula')).toEqual(['= 6 ⟳', '≈ 0.909 ⟳', '≈ 6.91 ⟳']);
  });

  test('the function is called f in a hint, whatever its name', () => {
    const analysis = tutorialAnalysis();
    const named = { ...analysis, target: { ...analysis.target, name: 'range' } };
    expect(inlayHints(viewOf(named), 'value+derivative', whole, 4, sources)[0]?.label).toBe('= 6, ∂f = 1');
  });

  test('off, and outside the range', () => {
    expect(hints('off')).toEqual([]);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 99 } };
    expect(hints('value+derivative', range).map(({ position }) => position.line)).toEqual([2]);
  });

  test('all digits in the tooltip', () => {
    expect(hints('value+derivative')[1]?.tooltip).toContain(String(Math.sin(2)));
  });
});

describe('diagnostics', () => {
  const fallback = { start: { line: 0, character: 9 }, end: { line: 0, character: 10 } };
  const kink: Problem = {
    id: 'GL108',
    severity: 'information',
    message: 'Kink.',
    location: {
      file: URI,
      statement: 1,
      span: { start: TEXT.indexOf('Math'), end: TEXT.indexOf('Math') + 12 },
    },
  };
  const found = (
    severity: Record<string, 'off' | 'error'>,
    line = (n: number) => TEXT.split('\n')[n] ?? '',
  ) => diagnostics({ ...view(), line }, [{ problem: kink, fallback }], { severity, docs: 'https://docs/' });

  test('range, level, code and page', () => {
    expect(found({})).toEqual([
      {
        range: { start: { line: 2, character: 12 }, end: { line: 2, character: 24 } },
        severity: 3,
        code: 'GL108',
        codeDescription: { href: 'https://docs/GL108.md' },
        source: 'gradlens',
        message: 'Kink.',
      },
    ]);
  });

  test('severities from the settings', () => {
    expect(found({ GL108: 'error' })[0]?.severity).toBe(1);
    expect(found({ GL108: 'off' })).toEqual([]);
    expect(found({ GL101: 'off' })).toHaveLength(1);
  });

  test('silenced on the line before', () => {
    expect(found({}, () => '  // gradlens-ignore GL108: meant')).toEqual([]);
    expect(found({}, () => '  // gradlens-ignore GL107: meant')).toHaveLength(1);
  });

  test('what stands in another file is shown at the name, with the place as related', () => {
    const elsewhere = { ...kink, location: { ...kink.location!, file: 'file:///other.ts' } };
    const [only] = diagnostics(view(), [{ problem: elsewhere, fallback }], { severity: {}, docs: undefined });
    expect(only).toMatchObject({
      range: fallback,
      relatedInformation: [{ location: { uri: 'file:///other.ts' } }],
    });
  });
});

describe('what a diagnostic offers', () => {
  const about = { line: 0, character: 9 };
  const range = { start: { line: 2, character: 12 }, end: { line: 2, character: 24 } };
  const titles = (diagnostic: Record<string, unknown>, commands = true) =>
    codeActions({
      uri: URI,
      range,
      diagnostics: [{ source: 'gradlens', range, ...diagnostic }],
      target: undefined,
      onHead: false,
      selected: false,
      commands,
      eol: '\n',
      line: (n) => TEXT.split('\n')[n] ?? '',
    });

  test('the way to what is to blame, in the graph of the function that was analysed', () => {
    const [why, silence] = titles({ code: 'GL107', message: 'NaN.', data: { about } });
    expect(why).toMatchObject({
      title: 'Show Why in the Graph',
      command: {
        command: 'gradlens.showGraph',
        arguments: [
          { uri: URI, position: about },
          { id: 'GL107', message: 'NaN.' },
        ],
      },
    });
    expect(silence).toMatchObject({ title: 'Silence GL107 here' });
  });

  test('no graph of a refusal, of another tool’s diagnostic, or in an editor without it', () => {
    for (const [diagnostic, commands] of [
      [{ code: 'GL111', message: 'Not supported.', data: { about } }, true],
      [{ code: 'GL107', message: 'NaN.' }, true],
      [{ code: 'GL107', message: 'NaN.', data: null }, true],
      [{ code: 'GL107', message: 'NaN.', data: { about } }, false],
      [{ code: 'GL107', message: 'NaN.', data: { about }, source: 'ts' }, true],
    ] as const)
      expect(titles(diagnostic, commands).map(({ title }) => title)).not.toContain('Show Why in the Graph');
  });
});
