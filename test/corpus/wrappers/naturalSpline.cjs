const createSpline = require('natural-spline-interpolator');

exports.at = function at(xs, ys, x) {
  const spline = createSpline(xs.map((v, i) => [v, ys[i]]));
  return spline(x);
};
