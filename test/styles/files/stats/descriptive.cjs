'use strict';
function mean(xs) { return xs.reduce(function (a, b) { return a + b; }, 0) / xs.length; }
function central(xs, k) { var m = mean(xs); return mean(xs.map(function (x) { return Math.pow(x - m, k); })); }
var api = module.exports = {
  mean: mean,
  //= variance([1.5, 2.25, 4, -1])
  variance: function (xs) { return central(xs, 2) * xs.length / (xs.length - 1); },
  //= skewness([1.5, 2.25, 4, -1])
  skewness: function (xs) { return central(xs, 3) / Math.pow(central(xs, 2), 1.5); },
  //= kurtosis([1.5, 2.25, 4, -1])
  kurtosis: function (xs) { return central(xs, 4) / Math.pow(central(xs, 2), 2) - 3; },
  //= geometric([1.5, 2.25, 4])
  geometric: function (xs) { return Math.exp(mean(xs.map(Math.log))); },
  //= correlation([1.5, 2.25, 4, -1], [0.5, 1, 2.5, 0.1])
  correlation: function (xs, ys) {
    var mx = api.mean(xs), my = api.mean(ys), sxy = 0, sxx = 0, syy = 0, i = xs.length;
    while (i--) { sxy += (xs[i] - mx) * (ys[i] - my); sxx += (xs[i] - mx) * (xs[i] - mx); syy += (ys[i] - my) * (ys[i] - my); }
    return sxy / Math.sqrt(sxx * syy);
  },
  //= median([3.5, 1.25, 8, 2])
  median: function (xs) {
    var s = xs.slice().sort(function (a, b) { return a - b; }), h = s.length >> 1;
    return s.length % 2 ? s[h] : (s[h - 1] + s[h]) / 2;
  },
  //= quantile([3.5, 1.25, 8, 2, 7.5], 0.3)
  quantile: function (xs, p) {
    var s = Array.prototype.slice.call(xs).sort(function (a, b) { return a < b ? -1 : 1; });
    var pos = p * (s.length - 1), lo = Math.floor(pos);
    return s[lo] + (pos - lo) * (s[Math.min(lo + 1, s.length - 1)] - s[lo]);
  },
};
