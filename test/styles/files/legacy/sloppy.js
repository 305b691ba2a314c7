// No strict mode anywhere: `this`, aliased arguments, octals, with() left out.
//= area(1.5, 2)
exports.area = function (w, h) { arguments[0] = w * 2; return w * h; };
//= counter(1.5)
exports.counter = (function () { var n = 0; return function (x) { n = x; return ++n * n++ + n; }; })();
//= thisless(1.5)
exports.thisless = function (x) { function f() { return this === undefined ? 0 : x * x; } return f(); };
//= labels(1.5)
exports.labels = function (x) { var s = 0; a: for (var i = 0; i < 5; i++) { b: for (var j = 0; ; j++) { if (j > i) continue a; if (i * j > 6) break b; s += x / (1 + i + j); } } return s; };
//= coercions(1.5) refusable
exports.coercions = function (x) { return ('3' * x) + (x - '1') + (null + x) + (true * x) + +[x] + x / '2'; };
exports.deleteGlobal = function (x) { tmp = x * 3; var r = tmp * tmp; delete globalThis.tmp; return r; };
//= recursiveName(4, 1.1) refusable
exports.recursiveName = function fact(n, x) { return n <= 1 ? x : n * fact(n - 1, x) * x; };
