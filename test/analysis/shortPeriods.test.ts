/** What turns many times within any difference in proportion to its argument, as the sky does with a Julian date. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const TURN = 360.98564736629;
const at = (result: string, jd: number) =>
  evaluateAt({
    module: lowerSource(
      `export const f = (jd) => { const g = ${TURN} * (jd - 2451545); const turned = g - Math.floor(g / 360) * 360; return ${result}; };`,
      'js',
    ).slice,
    function: 'f',
    arguments: { kind: 'encoded', args: [jd] },
    hessian: false,
    steps: 3e6,
  });

test.each([2460389.63, 2451545.25, 2470000.125])(
  'the slope of an altitude at %d is that of its formula',
  (jd) => {
    const result = at('Math.sin(turned * Math.PI / 180)', jd);
    const rate = (TURN * Math.PI) / 180;
    const expected = rate * Math.cos(rate * (jd - 2451545));
    expect(result.kind).toBe('done');
    if (result.kind !== 'done') return;
    expect(result.jacobian[0]![0]).toBeCloseTo(expected, 6);
  },
);

test('what is rounded on the way has no slope, however finely one looks', () => {
  const result = at('Math.sin(Math.round(turned * 1000) / 1000)', 2460389.63);
  expect(result.kind === 'refused' && result.error.id).toBe('GL102');
});
