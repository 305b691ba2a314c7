/** Quantities with dimensions; units are parsed from text. */
const SI = { m: 1, km: 1e3, cm: 1e-2, s: 1, min: 60, h: 3600, kg: 1, g: 1e-3 } as const;
type Unit = keyof typeof SI;
class Quantity {
  private constructor(readonly value: number, readonly unit: string) {}
  static of(value: number, unit: string): Quantity { return new Quantity(value * Quantity.factor(unit), unit); }
  private static factor(unit: string): number {
    return unit.split('·').reduce((k, part) => {
      const match = /^([a-z]+)(?:\^(-?\d+))?$/.exec(part.trim());
      if (!match) throw new Error(`unit ${part}?`);
      const [, name, exponent = '1'] = match;
      return k * SI[name as Unit] ** Number(exponent);
    }, 1);
  }
  times(o: Quantity) { return new Quantity(this.value * o.value, `${this.unit}·${o.unit}`); }
  to(unit: string): number { return this.value / Quantity.factor(unit); }
}
//= speed(90, 1.5)
export const speed = (km: number, h: number) => Quantity.of(km, 'km').times(Quantity.of(1 / h, 'h^-1')).to('m·s^-1');
//= energy(75, 12)
export const energy = (mass: number, v: number) => 0.5 * Quantity.of(mass, 'kg').times(Quantity.of(v ** 2, 'km^2·h^-2')).to('kg·m^2·s^-2');
const tag = (parts: TemplateStringsArray, ...xs: number[]) => xs.reduce((s, x, i) => s + x * (parts[i]!.length + 1), 0);
//= tagged(2, 3)
export const tagged = (a: number, b: number) => tag`a${a}bcd${b}`;
