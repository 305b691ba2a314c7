'use strict';
// old homework, please don't judge

var G = 9.80665;
var rho = 1.225;

//= range(40, 0.7, 0.145, 0.0042)
function range(v0, angle, mass, area) {
  var Cd = 0.35, dt = 0.005;
  var x = 0, y = 0.5;
  var vx = v0 * Math.cos(angle);
  var vy = v0 * Math.sin(angle);
  var xPrev, yPrev;
  do {
    xPrev = x; yPrev = y;
    var v = Math.sqrt(vx * vx + vy * vy);
    var drag = 0.5 * rho * Cd * area * v / mass;
    vx -= drag * vx * dt;
    vy -= (G + drag * vy) * dt;
    x += vx * dt;
    y += vy * dt;
  } while (y > 0);
  // interpolate to the ground
  var f = yPrev / (yPrev - y);
  return xPrev + f * (x - xPrev);
}

//= vacuumRange(30, 0.6, 1.2) H
function vacuumRange(v, a, h) {
  with_h: {
    if (!h) break with_h;
    var c = v * Math.cos(a) / G, s = v * Math.sin(a);
    return c * (s + Math.sqrt(s * s + 2 * G * h));
  }
  return v * v * Math.sin(2 * a) / G;
}

module.exports = { range: range, vacuumRange: vacuumRange };
