const raw = `
# T [K]   p [kPa]
273.16    0.6117
290       1.9200
300       3.5368
320       10.546
350       41.682
`;
const rows = raw.split('\n').filter((l) => l.trim() && !l.startsWith('#')).map((l) => l.trim().split(/\s+/).map(parseFloat));
exports.table = { T: rows.map((r) => r[0]), p: rows.map(([, p]) => p) };
exports.interpolate = function (xs, ys, x) {
  let i = 1;
  while (i < xs.length - 1 && xs[i] < x) i++;
  const w = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
  return Math.exp(Math.log(ys[i - 1]) * (1 - w) + Math.log(ys[i]) * w);
};
