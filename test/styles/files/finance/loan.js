function Loan(principal, rate, months) {
  if (!(this instanceof Loan)) return new Loan(principal, rate, months);
  this.principal = principal;
  this.rate = rate / 12;
  this.months = months;
}
Loan.prototype.payment = function () {
  var q = Math.pow(1 + this.rate, this.months);
  return this.principal * this.rate * q / (q - 1);
};
Loan.prototype.balanceAfter = function (n) {
  var b = this.principal, p = this.payment();
  for (var i = 0; i < n; i++) b = b * (1 + this.rate) - p;
  return b;
};
Loan.prototype.totalInterest = function () { return this.payment() * this.months - this.principal; };
Object.defineProperty(Loan.prototype, 'effectiveRate', { get: function () { return Math.pow(1 + this.rate, 12) - 1; } });

//= interest(200000, 0.04)
exports.interest = function (p, r) { return Loan(p, r, 360).totalInterest(); };
//= balance(1000, 0.07)
exports.balance = function (p, r) { return new Loan(p, r, 24).balanceAfter(10); };
//= effective(0.06)
exports.effective = function (r) { return new Loan(1, r, 1).effectiveRate; };
exports.Loan = Loan;
