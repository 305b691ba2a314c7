/** Tables of constants, enums, getters on records, Map and Set of parameters. */
enum Planet { Mercury = 'mercury', Earth = 'earth', Mars = 'mars' }
const DATA: Record<Planet, Readonly<{ mass: number; radius: number; day?: number }>> = {
  [Planet.Mercury]: { mass: 3.303e23, radius: 2.4397e6 },
  [Planet.Earth]: { mass: 5.976e24, radius: 6.37814e6, day: 86164 },
  [Planet.Mars]: { mass: 6.421e23, radius: 3.3972e6, day: 88642 },
};
const G = 6.6743e-11;
//= weight("mars", 75, 1000)
export const weight = (on: `${Planet}`, kg: number, altitude = 0) => { const { mass, radius } = DATA[on]; return (G * mass * kg) / (radius + altitude) ** 2; };
//= totalWeight(75)
export const totalWeight = (kg: number) => Object.values(Planet).reduce((s, p) => s + weight(p, kg), 0);
//= fromMap({"$map": [["alpha", 1.5], ["beta", 2.5]]}, 0.7)
export function fromMap(p: Map<string, number>, x: number): number { let s = 0; for (const [k, v] of p) s += v * x ** k.length; p.delete('alpha'); return s + (p.get('beta') ?? 0) * p.size; }
//= flags(0.7, ["square", "shift"])
export const flags = (x: number, names: string[]) => { const on = new Set(names); let y = x; if (on.has('square')) y **= 2; if (!on.has('cube')) y *= 3; on.add('x').delete('shift'); return y * on.size; };
//= optionalChain({"a": {"b": [1.5, {"c": 2}]}}, 3)
export const optionalChain = (o: any, k: number) => (o?.a?.b?.[1]?.c ?? 1) * k + (o.missing?.deep?.er ?? k ** 2) - (o.a?.b?.at(0) ?? 0);
const registry = { square: (x: number) => x * x, cube: (x: number) => x ** 3, get both() { return (x: number) => this.square(x) + this.cube(x); } };
//= registered(1.2)
export const registered = (x: number) => (Object.keys(registry) as (keyof typeof registry)[]).sort().reduce((s, k, i) => s + (i + 1) * registry[k](x), 0);
//= bitFlags(5, 1.5) refusable
export const bitFlags = (mask: number, x: number) => [x, x ** 2, x ** 3].filter((_, i) => mask & (1 << i)).reduce((a, b) => a + b, 0);
//= weekdays([1.5, 2, 3])
export const weekdays = (hours: number[]) => { const day0 = new Date(Date.UTC(2024, 0, 1)); return hours.reduce((s, h, i) => { const d = new Date(day0.getTime() + i * 86400000 * 2); return s + h * (d.getUTCDay() === 0 ? 2 : 1) * d.getUTCDate(); }, 0); };
