// Plain JavaScript works the same. Types, where they are given, are read from JSDoc.

/**
 * The monthly rate of a loan.
 *
 * @differentiable
 * @wrt principal, yearlyRate
 * @at principal = 200000, yearlyRate = 0.04, years = 25
 * @param {number} principal
 * @param {number} yearlyRate
 * @param {number} years
 */
export function monthlyPayment(principal, yearlyRate, years) {
  const rate = yearlyRate / 12;
  const months = years * 12;
  return (principal * rate) / (1 - (1 + rate) ** -months);
}

/**
 * What is left to pay after some months, by following the account month by month.
 *
 * @differentiable
 * @wrt principal, yearlyRate, payment
 * @at principal = 200000, yearlyRate = 0.04, payment = 1055, months = 24
 */
export function remainingDebt(principal, yearlyRate, payment, months) {
  let debt = principal;
  for (let month = 0; month < months; month++) {
    debt += (debt * yearlyRate) / 12;
    debt -= payment;
  }
  return debt;
}
