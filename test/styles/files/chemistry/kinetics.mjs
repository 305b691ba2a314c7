const R = 8.314462618;
export const arrhenius = (A, Ea) => (T) => A * Math.exp(-Ea / (R * T));
const reactions = [
  { reactants: ['A'], products: ['B'], k: arrhenius(1e7, 5e4) },
  { reactants: ['B', 'B'], products: ['C'], k: arrhenius(3e6, 4.5e4) },
  { reactants: ['C'], products: ['A', 'B'], k: () => 0.02 },
];
//= batch({"A": 1, "B": 0.1, "C": 0}, 350)
export function batch(initial, T) {
  let c = { ...initial };
  const rate = () => {
    const d = Object.fromEntries(Object.keys(c).map((s) => [s, 0]));
    for (const { reactants, products, k } of reactions) {
      const v = reactants.reduce((p, s) => p * c[s], k(T));
      for (const s of reactants) d[s] -= v;
      for (const s of products) d[s] += v;
    }
    return d;
  };
  for (let i = 0; i < 30; i++) { const d = rate(); for (const s in c) c[s] += 0.02 * d[s]; }
  return c;
}
//= ph(0.01, 1.8e-5) 
export function ph(c, Ka) { const h = (-Ka + Math.sqrt(Ka * Ka + 4 * Ka * c)) / 2; return -Math.log10(h); }
//= michaelisMenten({"Vmax": 2, "Km": 0.4}, 0.7, 0.1) H
export const michaelisMenten = ({ Vmax, Km }, s, i, Ki = 0.3) => (Vmax * s) / (Km * (1 + i / Ki) + s);
//= nernst(298.15, 2, 0.1, 1.5)
export const nernst = (T, z, cin, cout, F = 96485.33212) => ((R * T) / (z * F)) * Math.log(cout / cin);
//= helmholtz([0.3, 0.4, 0.2], 320)
export function helmholtz(x, T) {
  const b = x.map((_, i) => 0.02 + 0.01 * i), n = x.reduce((p, q) => p + q), bx = x.reduce((s, xi, i) => s + b[i] * xi, 0);
  let axx = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < x.length; j++) axx += x[i] * x[j] * Math.sqrt((i + 1) * (j + 1)) * (i === j ? 1 : 0.98);
  return R * T * x.reduce((s, xi) => s + xi * Math.log(xi / (1 - bx)), 0) - axx / (Math.SQRT2 * bx) * Math.log((1 + (1 + Math.SQRT2) * bx) / (1 + (1 - Math.SQRT2) * bx)) + n;
}
