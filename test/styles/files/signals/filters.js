"use strict";
var Biquad = (function () {
  function Biquad(type, fc, q, fs) {
    var w = 2 * Math.PI * fc / fs, alpha = Math.sin(w) / (2 * q), c = Math.cos(w);
    var a0 = 1 + alpha;
    if (type === 'lowpass') { this.b = [(1 - c) / 2 / a0, (1 - c) / a0, (1 - c) / 2 / a0]; }
    else if (type === 'highpass') { this.b = [(1 + c) / 2 / a0, -(1 + c) / a0, (1 + c) / 2 / a0]; }
    else throw new Error('type');
    this.a = [-2 * c / a0, (1 - alpha) / a0];
    this.z1 = this.z2 = 0;
  }
  Biquad.prototype.process = function (x) {
    var y = this.b[0] * x + this.z1;
    this.z1 = this.b[1] * x - this.a[0] * y + this.z2;
    this.z2 = this.b[2] * x - this.a[1] * y;
    return y;
  };
  return Biquad;
})();
//= energy([1, 0.5, -0.3, 0.2, 0.7, -1], 800, 0.9)
exports.energy = function (signal, fc, q) {
  var lp = new Biquad('lowpass', fc, q, 8000), hp = new Biquad('highpass', 100, q, 8000), e = 0;
  for (var i = 0; i < signal.length; i++) { var y = hp.process(lp.process(signal[i])); e += y * y; }
  return e;
};
//= gain(800, 0.9, 1200)
exports.gain = function gain(fc, q, f) {
  var bq = new Biquad('lowpass', fc, q, 8000), w = 2 * Math.PI * f / 8000;
  function mag(re, im) { return Math.sqrt(re * re + im * im); }
  var num = mag(bq.b[0] + bq.b[1] * Math.cos(w) + bq.b[2] * Math.cos(2 * w), bq.b[1] * Math.sin(w) + bq.b[2] * Math.sin(2 * w));
  var den = mag(1 + bq.a[0] * Math.cos(w) + bq.a[1] * Math.cos(2 * w), bq.a[0] * Math.sin(w) + bq.a[1] * Math.sin(2 * w));
  return 20 * Math.log(num / den) / Math.LN10;
};
//= ema([1, 0.5, -0.3, 0.2], 0.3)
exports.ema = function (xs, alpha) { return xs.reduce(function (acc, x) { return alpha * x + (1 - alpha) * acc; }); };
