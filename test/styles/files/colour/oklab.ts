import matrices from './matrices.json';
import { multiply as mul } from './linalg.js';
export interface Oklch { l: number; c: number; h: number }
//= oklch(0.3, 0.5, 0.2)
export function oklch(r: number, g: number, b: number): Oklch {
  const lms = mul(matrices.rgbToLms, [r, g, b]).map(Math.cbrt);
  const [l, A, B] = mul(matrices.lmsToLab, lms) as [number, number, number];
  return { l, c: Math.hypot(A, B), h: (Math.atan2(B, A) * 180) / Math.PI };
}
//= fromOklch({"l": 0.7, "c": 0.1, "h": 140})
export const fromOklch = ({ l, c, h }: Oklch) => {
  const rad = (h * Math.PI) / 180;
  const a = c * Math.cos(rad), b = c * Math.sin(rad);
  const lms = matrices.labToLms.map(([ka, kb]) => (l + ka! * a + kb! * b) ** 3);
  return mul(matrices.lmsToRgb, lms);
};
