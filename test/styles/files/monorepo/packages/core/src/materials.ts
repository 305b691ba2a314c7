import { GPA } from './units';
export interface Material { E: number; nu: number }
const library = new Map<string, Material>(Object.entries({ steel: { E: 210 * GPA, nu: 0.3 }, oak: { E: 11 * GPA, nu: 0.35 } }));
export function material(name: string): Material {
  const found = library.get(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
