// jQuery-era code. `var`, hoisting, globals on an object, no modules... exported for the tests only.
var PHYS = PHYS || {};
(function ($) {
  var G = 6.674e-11;
  $.Vec = function (x, y) { this.x = x || 0; this.y = y || 0; };
  $.Vec.prototype = {
    constructor: $.Vec,
    add: function (v) { return new $.Vec(this.x + v.x, this.y + v.y); },
    scale: function (s) { return new $.Vec(this.x * s, this.y * s); },
    dot: function (v) { return this.x * v.x + this.y * v.y; },
    length: function () { return Math.sqrt(this.dot(this)); }
  };
  $.Vec.fromAngle = function (a, r) { r = typeof r === 'undefined' ? 1 : r; return new $.Vec(r * Math.cos(a), r * Math.sin(a)); };
  $.extend = function (target) {
    for (var i = 1; i < arguments.length; i++) for (var k in arguments[i]) if (arguments[i].hasOwnProperty(k)) target[k] = arguments[i][k];
    return target;
  };
  $.gravity = function (m1, m2, r) { return G * m1 * m2 / (r * r); };
})(PHYS);
//= launch(0.7, 12)
function launch(angle, speed) {
  var opts = PHYS.extend({ g: 9.81, drag: 0.02 }, { drag: 0.05 }), p = new PHYS.Vec(0, 1), v = PHYS.Vec.fromAngle(angle, speed), t;
  for (t = 0; t < 20; t++) {
    v = v.add(v.scale(-opts.drag * v.length() * 0.05)).add(new PHYS.Vec(0, -opts.g * 0.05));
    p = p.add(v.scale(0.05));
  }
  return p.length();
}
//= hoisted(1.5)
function hoisted(x) { y = x * 2; var y; if (true) { var z = inner(y); } return z + y; function inner(q) { return q * q; } }
//= argumentSum(1, 2, 3.5)
function argumentSum() { var s = 0, n = arguments.length; while (n--) s += arguments[n] * (n + 1); return s; }
//= chained(0.4)
function chained(x) { var a, b, c; a = b = c = x; b *= a; c -= b; return (a += b, c /= a, a * b + c); }
//= oldSwitch(2.5, "exp")
//= oldSwitch(2.5, "log")
function oldSwitch(x, kind) { var r; switch (kind) { case 'exp': r = Math.exp(x); case 'log': r = Math.log(x) + (r || 0); break; default: r = x; } return r; }
module.exports = { launch: launch, hoisted: hoisted, argumentSum: argumentSum, chained: chained, oldSwitch: oldSwitch };
