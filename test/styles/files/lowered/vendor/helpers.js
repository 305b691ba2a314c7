module.exports = function (a, b, t) { return a + (b - a) * t; };
