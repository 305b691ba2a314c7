import Finance from 'financejs';
import newton from 'newton-raphson-method';
import xirr from 'xirr';

const finance = new Finance();
export const pv = (rate, cf, periods) => finance.PV(rate, cf, periods);
export const fv = (rate, cf, periods) => finance.FV(rate, cf, periods);
export const npv = (...flows) => finance.NPV(...flows);
export const wacc = (...parts) => finance.WACC(...parts);
export const irr = (...flows) => finance.IRR(...flows);

export function internalRate(a, b, c) {
  return xirr([
    { amount: a, when: new Date(Date.UTC(2020, 0, 1)) },
    { amount: b, when: new Date(Date.UTC(2020, 6, 1)) },
    { amount: c, when: new Date(Date.UTC(2021, 0, 1)) },
  ]);
}

export const cubeRoot = (a) =>
  newton(
    (x) => x ** 3 - a,
    (x) => 3 * x * x,
    1.3,
  );
export const cubeRootByDifferences = (a) => newton((x) => x ** 3 - a, 1.3);
