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

/** As menus, messages and headers call them. */
export const DERIVATIVE_TITLES: Readonly<Record<DerivativeKind, string>> = {
  gradient: 'gradient',
  'value-and-gradient': 'value and gradient',
  hessian: 'Hessian',
  jacobian: 'Jacobian',
  jvp: 'directional derivative (JVP)',
  vjp: 'vector-Jacobian product (VJP)',
  hvp: 'Hessian-vector product',
};

export type DerivativeMode = 'forward' | 'reverse';
