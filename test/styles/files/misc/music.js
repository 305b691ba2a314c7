const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
const noteNumber = (name) => { const [, n, octave] = name.match(/^([A-G]#?)(-?\d)$/); return NAMES.indexOf(n) + 12 * (+octave + 1); };
//= frequency("A4", 440)
//= frequency("C#3", 442)
export const frequency = (name, a4) => a4 * 2 ** ((noteNumber(name) - 69) / 12);
//= cents(440, 446.5)
export const cents = (f, g) => 1200 * Math.log2(g / f);
//= adsr({"a": 0.1, "d": 0.2, "s": 0.6, "r": 0.3}, 0.05)
//= adsr({"a": 0.1, "d": 0.2, "s": 0.6, "r": 0.3}, 0.22)
//= adsr({"a": 0.1, "d": 0.2, "s": 0.6, "r": 0.3}, 1.15)
export function adsr({ a, d, s, r }, t, gate = 1) { if (t < 0) return 0; if (t < a) return t / a; if (t < a + d) return 1 - (1 - s) * (t - a) / d; if (t < gate) return s; if (t < gate + r) return s * (1 - (t - gate) / r); return 0; }
//= fm(440, 2, 1.5, 0.01)
export const fm = (f, ratio, index, t) => Math.sin(2 * Math.PI * f * t + index * Math.sin(2 * Math.PI * f * ratio * t));
//= roughness([440, 466.16, 523.25])
export function roughness(fs) { let r = 0; for (let i = 0; i < fs.length; i++) for (let j = i + 1; j < fs.length; j++) { const lo = Math.min(fs[i], fs[j]), d = Math.abs(fs[i] - fs[j]), x = 0.24 / (0.0207 * lo + 18.96) * d; r += Math.exp(-3.5 * x) - Math.exp(-5.75 * x); } return r; }
