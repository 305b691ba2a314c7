(function (root, factory) {
  if (typeof define === 'function' && define.amd) define([], factory);
  else if (typeof module === 'object' && module.exports) module.exports = factory();
  else root.Interp = factory();
})(typeof self !== 'undefined' ? self : this, function () {
  var Interp = {};
  Interp.version = '1.2.3';
  //= lagrange([0, 1, 2.5], [1, 3, 2], 1.7)
  Interp.lagrange = function (xs, ys, x) {
    var sum = 0, i, j, term;
    for (i = 0; i < xs.length; i++) {
      term = ys[i];
      for (j = 0; j < xs.length; j++) if (j !== i) term *= (x - xs[j]) / (xs[i] - xs[j]);
      sum += term;
    }
    return sum;
  };
  //= neville([0, 1, 2.5], [1, 3, 2], 1.7)
  Interp.neville = function neville(xs, ys, x) {
    var p = ys.concat();
    for (var k = 1; k < xs.length; ++k)
      for (var i = 0; i + k < xs.length; ++i)
        p[i] = ((x - xs[i + k]) * p[i] + (xs[i] - x) * p[i + 1]) / (xs[i] - xs[i + k]);
    return p[0];
  };
  return Interp;
});
