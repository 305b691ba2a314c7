/**
 * Functions named `f`, with what must be said of them and their arguments. 'right': the derivative of the function as
 * Node runs it, and no word of a kink. 'special': a one-sided derivative with a diagnostic of this id, or a refusal.
 * 'told': a number that differences say nothing of, with this id. 'refused': no number, with this id. 'implicit': that of the equation which a search solves, and it is said. H: the Hessian too.
 */
export type Case = readonly [expected: string, text: string, ...args: unknown[]];
