/** Names of variables as mathematicians set them: Greek letters, subscripts. */

const LETTERS =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ rho ρ ' +
  'sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Sigma Σ Phi Φ Psi Ψ Omega Ω';

interface Greek {
  readonly unicode: string;
  readonly latex: string;
}

/** By English name and by the letter itself. π stands for the number: a variable `pi` keeps its name. */
export const GREEK: ReadonlyMap<string, Greek> = (() => {
  const map = new Map<string, Greek>([['π', { unicode: 'π', latex: '\\pi ' }]]);
  const words = LETTERS.split(' ');
  for (let i = 0; i < words.length; i += 2) {
    const greek = { unicode: words[i + 1]!, latex: `\\${words[i] === 'epsilon' ? 'varepsilon' : words[i]} ` };
    map.set(words[i]!, greek);
    map.set(words[i + 1]!, greek);
  }
  return map;
})();

/** `x1` is x with subscript 1, `x[0]` x with subscript 0, `p.mass` p with subscript mass; other names stay whole. */
export function splitName(name: string): readonly [base: string, subscript?: string] {
  const digits = /^([^\d_.[\]]+)_?(\d+)$/u.exec(name);
  if (digits && ([...digits[1]!].length === 1 || GREEK.has(digits[1]!))) return [digits[1]!, digits[2]!];
  const path = /^([^.[\]]+)((?:\.[^.[\]]+|\[[^[\]]+\])+)$/u.exec(name);
  if (!path) return [name];
  const keys = path[2]!.replace(/\]?[.[]/g, ', ').replace(/^, |\]$/g, '');
  return [path[1]!, keys];
}
