import { describe, expect, test } from 'vitest';
import { cases, element, number, op, PI, sum, variable } from '../../core/expression/build.ts';
import { latexPartialName, printLatex } from '../../core/print/latex.ts';
import { mathElement, mathmlPartialName, printMathml } from '../../core/print/mathml.ts';
import { printTypescript } from '../../core/print/typescript.ts';
import { printPartialName, printUnicode, printUnicodeLines } from '../../core/print/unicode.ts';
import { parse } from '../simplify/parse.ts';

const x = variable('x');
const i = variable('i');
const relu = cases([{ when: op('gt', x, number(0)), value: x }], op('mul', number(0.01), x));
const rosenbrock = sum(
  'i',
  number(0),
  op('sub', variable('n'), number(2)),
  op('add', op('pow', element('x', op('add', i, number(1))), number(2)), element('x', i)),
);

describe('Unicode', () => {
  test.each([
    ['x1*x2+sin(x1)', 'x1·x2 + sin(x1)'],
    ['sqrt(x^2+y^2)', '√(x² + y²)'],
    ['sqrt(x)', '√x'],
    ['sqrt(x)^3', '(√x)³'],
    ['(x^2)^3', '(x²)³'],
    ['x^-12', 'x⁻¹²'],
    ['x^(n-1)', 'x^(n − 1)'],
    ['x^n', 'x^n'],
    ['x^0.5', 'x^0.5'],
    ['(-2)^2', '(−2)²'],
    ['-x^2', '−x²'],
    ['(-x)^2', '(−x)²'],
    ['a-(b-c)', 'a − (b − c)'],
    ['a-(b+c)', 'a − (b + c)'],
    ['a+(b+c)', 'a + b + c'],
    ['a*(b*c)', 'a·b·c'],
    ['a/(b*c)', 'a/(b·c)'],
    ['a/b/c', 'a/b/c'],
    ['a/(b/c)', 'a/(b/c)'],
    ['a*(b/c)', 'a·(b/c)'],
    ['a*(-b)', 'a·(−b)'],
    ['a+(-b)', 'a + (−b)'],
    ['-a*b', '−a·b'],
    ['-(a+b)', '−(a + b)'],
    ['abs(x-y)', '|x − y|'],
    ['floor(x)', '⌊x⌋'],
    ['cbrt(x+1)', '∛(x + 1)'],
    ['atan2(y,x)', 'atan2(y, x)'],
    ['2*pi*r', '2·π·r'],
    ['exp(-x)/(1+exp(-x))^2', 'exp(−x)/(1 + exp(−x))²'],
  ])('%s is %s', (from, to) => {
    expect(printUnicode(parse(from))).toBe(to);
  });
  test('cases, sums, elements', () => {
    expect(printUnicode(relu)).toBe('{ x if x > 0; 0.01·x otherwise');
    expect(printUnicodeLines(relu)).toEqual(['{ x if x > 0', '  0.01·x otherwise']);
    expect(printUnicode(op('mul', number(2), relu))).toBe('2·{ x if x > 0; 0.01·x otherwise }');
    expect(printUnicode(rosenbrock)).toBe('Σ_{i=0}^{n−2} (x[i+1]² + x[i])');
    expect(printUnicode(op('mul', rosenbrock, x))).toBe('(Σ_{i=0}^{n−2} (x[i+1]² + x[i]))·x');
    expect(printPartialName('f', 'x1')).toBe('∂f/∂x1');
  });
  test('conditions', () => {
    const both = op('and', op('ge', x, number(0)), op('ne', x, number(1)));
    expect(printUnicode(cases([{ when: both, value: x }], number(0)))).toBe(
      '{ x if x ≥ 0 ∧ x ≠ 1; 0 otherwise',
    );
  });
});

describe('LaTeX', () => {
  test.each([
    ['x1*x2+sin(x1)', 'x_{1} \\cdot x_{2} + \\sin\\left(x_{1}\\right)'],
    ['sqrt(x^2+y^2)', '\\sqrt{{x}^{2} + {y}^{2}}'],
    ['-a/(b+c)', '-\\frac{a}{b + c}'],
    ['(a+b)^2', '{\\left(a + b\\right)}^{2}'],
    ['exp(-x)', '{e}^{-x}'],
    ['cbrt(x)', '\\sqrt[3]{x}'],
    ['abs(x)', '\\left|x\\right|'],
    ['alpha*speed', '\\alpha  \\cdot \\mathit{speed}'],
    ['a-(b-c)', 'a - \\left(b - c\\right)'],
    ['2*pi', '2 \\cdot \\pi '],
  ])('%s is %s', (from, to) => {
    expect(printLatex(parse(from))).toBe(to);
  });
  test('cases, sums, names', () => {
    expect(printLatex(relu)).toBe(
      '\\begin{cases} x & \\text{if } x > 0 \\\\ 0.01 \\cdot x & \\text{otherwise} \\end{cases}',
    );
    expect(printLatex(rosenbrock)).toBe('\\sum_{i = 0}^{n - 2} \\left({x_{i + 1}}^{2} + x_{i}\\right)');
    expect(latexPartialName('f', 'x1')).toBe('\\frac{\\partial f}{\\partial x_{1}}');
    expect(printLatex(variable('a_b$'))).toBe('\\mathit{a\\_b\\$}');
    expect(printLatex(variable('p.mass'))).toBe('p_{mass}');
    expect(printLatex(number(1.5e-7))).toBe('1.5 \\cdot 10^{-7}');
  });
});

describe('MathML', () => {
  test('a quotient under a root', () => {
    expect(printMathml(parse('x/sqrt(y)'))).toBe(
      '<mfrac><mrow><mi>x</mi></mrow><mrow><msqrt><mi>y</mi></msqrt></mrow></mfrac>',
    );
  });
  test('everything from the user is escaped', () => {
    const nasty = '<img src=x onerror="alert(1)">&\'';
    for (const expr of [
      variable(nasty),
      element(nasty, i),
      op('sin', variable(nasty)),
      sum(nasty, x, x, x),
    ]) {
      const text = mathElement([variable('f'), '=', expr]);
      expect(text).not.toMatch(/<img|"alert|&'/);
      expect(text).toContain('&lt;img');
    }
    expect(mathmlPartialName('<f>', '<x>')).not.toMatch(/<f>|<x>/);
  });
  test('tags are balanced', () => {
    const formulas = [relu, rosenbrock, parse('a^b/c-(d+e)*abs(x)+cbrt(max(x,y))+1e-9'), op('sub', PI, relu)];
    for (const formula of formulas) {
      const open: string[] = [];
      for (const [, slash, name] of mathElement([formula]).matchAll(/<(\/?)(\w+)[^>]*>/g)) {
        if (slash === '') open.push(name!);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });
});

describe('TypeScript', () => {
  test.each([
    ['x1*x2+sin(x1)', 'x1 * x2 + Math.sin(x1)'],
    ['x^2', 'x ** 2'],
    ['(-x)^2', '(-x) ** 2'],
    ['-x^2', '-(x ** 2)'],
    ['a-(b-c)', 'a - (b - c)'],
    ['a+(b+c)', 'a + (b + c)'],
    ['a*(b/c)', 'a * (b / c)'],
    ['(a^b)^c', '(a ** b) ** c'],
    ['a^b^c', 'a ** b ** c'],
    ['-(-x)', '-(-x)'],
    ['2*pi', '2 * Math.PI'],
    ['max(a,b,c)', 'Math.max(a, b, c)'],
  ])('%s is %s', (from, to) => {
    expect(printTypescript(parse(from))).toBe(to);
  });
  test('cases', () => {
    expect(printTypescript(relu)).toBe('x > 0 ? x : 0.01 * x');
    expect(printTypescript(op('mul', relu, x))).toBe('(x > 0 ? x : 0.01 * x) * x');
  });
});
