/** The formulas of a function as the panel shows and copies them. */
import type { Formulas, SampleResult } from '../analysis/model.ts';
import type { Expr } from '../expression/expression.ts';
import { latexName, latexPartialName, printLatex } from '../print/latex.ts';
import { mathmlName, mathmlPartialName, printMathml } from '../print/mathml.ts';
import { printTypescript } from '../print/typescript.ts';
import { printPartialName, printUnicode } from '../print/unicode.ts';
import { type PanelFormula, type PlainNumber, plainNumber } from './panelModel.types.ts';

/** Partials that are sent; what is left out stands in the Jacobian. */
const MOST_PARTIALS = 100;

/** The function first, then its partials. */
export function formulasOf(
  name: string,
  formulas: Formulas,
  sample: SampleResult | undefined,
): PanelFormula[] {
  const only = sample?.outputs.length === 1 ? sample : undefined;
  const value = only && plainNumber(only.outputs[0]!.value);
  const whole = formula(
    {
      label: name,
      latex: `${latexName(name)}\\left(${formulas.inputs.map(latexName).join(', ')}\\right)`,
      mathml: mathmlName(name),
    },
    formulas.value,
    value,
  );
  const partials = formulas.partials.slice(0, MOST_PARTIALS).map((partial, i) => {
    const input = formulas.inputs[i]!;
    const index = only?.inputs.findIndex(({ label }) => label === input) ?? -1;
    const component = index < 0 ? undefined : only?.jacobian[0]?.[index];
    return formula(
      {
        label: printPartialName(name, input),
        latex: latexPartialName(name, input),
        mathml: mathmlPartialName(name, input),
      },
      partial,
      component === undefined ? undefined : plainNumber(component),
    );
  });
  return [whole, ...partials];
}

function formula(
  left: { label: string; latex: string; mathml: string },
  expr: Expr,
  value: PlainNumber | undefined,
): PanelFormula {
  const latex = printLatex(expr);
  return {
    label: left.label,
    unicode: printUnicode(expr),
    latex,
    typescript: printTypescript(expr),
    mathml: `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow>${left.mathml}<mo form="infix">=</mo>${printMathml(expr)}</mrow></math>`,
    latexEquation: `${left.latex} = ${latex}`,
    value: value ?? null,
  };
}
