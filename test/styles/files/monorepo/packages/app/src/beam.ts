import stress, { material, units, type Material } from '@core';
import { KN } from '@core/units';
const { toMillimetres } = units;
//= deflection(2.5, 4, 0.1, 0.2)
export function deflection(load: number, span: number, width: number, height: number, of: string | Material = 'steel'): number {
  const { E } = typeof of === 'string' ? material(of) : of;
  const I = (width * height ** 3) / 12;
  return toMillimetres((load * KN * span ** 3) / (48 * E * I));
}
//= yieldStress(0.002)
export const yieldStress = (strain: number) => stress(material('oak'), strain) / units.GPA;
//= plate(0.01, {"E": 7e10, "nu": 0.33})
export const plate = (t: number, { E, nu }: Material) => (E * t ** 3) / (12 * (1 - nu * nu));
