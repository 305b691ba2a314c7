// gl-matrix style: out parameter first, flat column-major
export function identity(out) { out.fill(0); out[0] = out[5] = out[10] = out[15] = 1; return out; }
export function multiply(out, a, b) {
  const r = new Array(16);
  for (let c = 0; c < 4; c++) for (let w = 0; w < 4; w++) { let s = 0; for (let k = 0; k < 4; k++) s += a[k * 4 + w] * b[c * 4 + k]; r[c * 4 + w] = s; }
  for (let i = 16; i--; ) out[i] = r[i];
  return out;
}
export function rotateY(out, a, rad) {
  const s = Math.sin(rad), c = Math.cos(rad), m = identity(new Float64Array(16));
  m[0] = c; m[2] = -s; m[8] = s; m[10] = c;
  return multiply(out, a, m);
}
export function perspective(out, fovy, aspect, near, far) {
  const f = 1.0 / Math.tan(fovy / 2);
  out.fill(0);
  out[0] = f / aspect; out[5] = f; out[11] = -1;
  if (far != null && far !== Infinity) { const nf = 1 / (near - far); out[10] = (far + near) * nf; out[14] = 2 * far * near * nf; }
  else { out[10] = -1; out[14] = -2 * near; }
  return out;
}
//= rotateY([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, 3, 1], 0.3) into 0
//= screen([1, 2, -5], 0.4, 0.9, 1.5)
export function screen(p, yaw, fovy, aspect) {
  const view = rotateY(new Float64Array(16), identity(new Float64Array(16)), yaw);
  const m = multiply(new Float64Array(16), perspective(new Float64Array(16), fovy, aspect, 0.1, 100), view);
  const v = [...p, 1].map((_, r) => [...p, 1].reduce((s, x, c) => s + m[c * 4 + r] * x, 0));
  return [v[0] / v[3], v[1] / v[3]];
}
