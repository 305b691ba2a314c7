/** Answers and diagnostics as lines for people. All 17 digits: this is for copying. */
import { fullNumber } from '../../core/print/numbers.ts';
import type { AnswerDiagnostic, DoneAnswer } from './answers.ts';

export function answerText(name: string, answer: DoneAnswer): string {
  const lines: string[] = [];
  const short = name.slice(name.lastIndexOf('.') + 1);
  const number = (value: unknown): string => (typeof value === 'number' ? fullNumber(value) : String(value));
  answer.outputs.forEach((output, k) => {
    lines.push(`${short}${output === '' ? '' : `[${output}]`} = ${number(answer.value[k])}`);
  });
  answer.outputs.forEach((output, k) => {
    const symbol = `${short}${output === '' ? '' : `[${output}]`}`;
    answer.labels.forEach((label, i) => {
      lines.push(`∂${symbol}/∂${label} = ${number(answer.jacobian[k]?.[i])}`);
    });
    const hessian = answer.hessian?.[k];
    if (hessian === undefined) return;
    answer.labels.forEach((rowLabel, i) => {
      answer.labels.forEach((label, j) => {
        if (j < i) return;
        const below = i === j ? `∂${label}²` : `∂${rowLabel}∂${label}`;
        lines.push(`∂²${symbol}/${below} = ${number(hessian[i]?.[j])}`);
      });
    });
  });
  return lines.join('\n');
}

/** `file:line:column: severity id: message`, 1-based as compilers print it. */
export function diagnosticText(diagnostic: AnswerDiagnostic): string {
  const { file, range, severity, id, message } = diagnostic;
  const place =
    file === undefined
      ? ''
      : range === undefined
        ? `${file}: `
        : `${file}:${range.start.line + 1}:${range.start.character + 1}: `;
  return `${place}${severity} ${id}: ${message}`;
}
