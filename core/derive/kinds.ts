/** The derivatives there are, by the words of commands and options. */
export const DERIVATIVE_KINDS = [
  'gradient',
  'value-and-gradient',
  'jacobian',
  'hessian',
  'jvp',
  'vjp',
  'hvp',
] as const;
export type DerivativeKind = (typeof DERIVATIVE_KINDS)[number];

export type DerivativeMode = 'forward' | 'reverse';
