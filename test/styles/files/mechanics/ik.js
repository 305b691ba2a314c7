// two-link inverse kinematics + a CCD solver I found somewhere
export function forward(lengths, angles) {
  let x = 0, y = 0, a = 0;
  lengths.forEach((l, i) => { a += angles[i]; x += l * Math.cos(a); y += l * Math.sin(a); });
  return { x, y, a };
}

//= twoLink(1.2, 0.6, 1, 0.8)
export function twoLink(x, y, l1, l2) {
  const d2 = x*x + y*y;
  const c2 = (d2 - l1*l1 - l2*l2) / (2*l1*l2);
  if (c2 > 1 || c2 < -1) return null;
  const s2 = Math.sqrt(1 - c2*c2);
  const q2 = Math.atan2(s2, c2);
  const q1 = Math.atan2(y, x) - Math.atan2(l2*s2, l1 + l2*c2);
  return [q1, q2];
}

//= ccd([1, 0.8, 0.5], [0.2, 0.3, 0.1], 1.1, 1.2)
export function ccd(lengths, angles, tx, ty) {
  angles = angles.slice();
  for (let it = 0; it < 3; it++) {
    for (let j = lengths.length - 1; j >= 0; j--) {
      const base = forward(lengths.slice(0, j), angles), tip = forward(lengths, angles);
      const cur = Math.atan2(tip.y - base.y, tip.x - base.x);
      const want = Math.atan2(ty - base.y, tx - base.x);
      angles[j] += want - cur;
    }
  }
  return angles;
}

//= jacobianStep([1, 0.8], [0.3, 0.5], 1.2, 0.9, 0.1)
export const jacobianStep = (L, q, tx, ty, lambda) => {
  const tip = forward(L, q);
  const J = L.map((_, j) => {
    const base = forward(L.slice(0, j), q);
    return [-(tip.y - base.y), tip.x - base.x];
  });
  const ex = tx - tip.x, ey = ty - tip.y;
  // damped least squares
  const a = J.reduce((s, c) => s + c[0]*c[0], lambda**2), b = J.reduce((s, c) => s + c[0]*c[1], 0), d = J.reduce((s, c) => s + c[1]*c[1], lambda**2);
  const det = a*d - b*b;
  const u = (d*ex - b*ey)/det, v = (a*ey - b*ex)/det;
  return q.map((qi, j) => qi + J[j][0]*u + J[j][1]*v);
};
