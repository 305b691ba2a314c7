/** The sweeps, step by step: buttons, a scrubber, and the step's equations with their numbers. */
import { equation, h } from '../dom.ts';
import { icon, iconButton } from '../icons.ts';
import { type Actions, isShown, type Part, type Shown } from '../state.ts';
import { differs } from '../store.ts';
import { equationText, type StepEquation, stepEquations, stepTitle } from '../sweep.ts';

/** Time between two steps. */
const STEP_MS = 1100;

const HINT =
  'Play or step: first every value and its tangent, then every adjoint from the result back, with their equations.';

export function sweepPart(actions: Actions): Part {
  let step = 0;
  let last = 0;
  const go = (to: number): void => {
    actions.play(false);
    actions.goToStep(Math.max(0, Math.min(last, to)));
  };
  const playing = iconButton('play', 'Play the sweeps', () => {});
  const back = iconButton('back', 'Step back', () => go(step - 1));
  const forward = iconButton('step', 'Step', () => go(step + 1));
  const reset = iconButton('reset', 'Reset the sweep', () => go(0));
  const scrubber = h('input', {
    type: 'range',
    class: 'scrubber',
    min: 0,
    step: 1,
    'aria-label': 'Step of the sweeps',
    oninput: (event: Event) => go(Number((event.target as HTMLInputElement).value)),
  });
  const title = h('p', { class: 'step-title' });
  const equations = h('div', { class: 'step-equations' });
  // Apart from what is drawn: letters with marks and subscripts are read badly.
  const spoken = h('div', { class: 'spoken', 'aria-live': 'polite', role: 'status' });
  const element = h(
    'div',
    { class: 'sweep', role: 'group', 'aria-label': 'Sweep' },
    h('div', { class: 'toolbar' }, reset, back, playing, forward, scrubber, title),
    equations,
    spoken,
  );
  let timer: number | undefined;

  const describe = (shown: Shown): void => {
    const { content, numbers, choice, steps, digits } = shown;
    const at = steps[step - 1];
    title.textContent = step === 0 ? `${steps.length} steps` : stepTitle(steps, step);
    const lines = at === undefined ? [] : stepEquations(content.model, numbers, choice, at, digits);
    if (at === undefined) equations.replaceChildren(h('p', { class: 'note' }, HINT));
    else equations.replaceChildren(...lines.map(equationElement));
    const text = at === undefined ? '' : [stepTitle(steps, step), ...lines.map(equationText)].join('. ');
    if (!shown.dragging && spoken.textContent !== spokenText(text)) spoken.textContent = spokenText(text);
  };

  return {
    element,
    update(now, before) {
      if (
        !differs(
          now,
          before,
          'content',
          'numbers',
          'choice',
          'steps',
          'step',
          'playing',
          'digits',
          'dragging',
        )
      )
        return;
      ({ step } = now);
      last = now.steps.length;
      element.hidden = !isShown(now) || last === 0;
      if (now.playing !== before?.playing) {
        window.clearInterval(timer);
        if (now.playing)
          timer = window.setInterval(() => {
            if (step >= last) actions.play(false);
            else actions.goToStep(step + 1);
          }, STEP_MS);
      }
      const label = now.playing ? 'Pause' : 'Play the sweeps';
      if (now.playing !== before?.playing) playing.replaceChildren(icon(now.playing ? 'pause' : 'play'));
      playing.setAttribute('aria-label', label);
      playing.title = label;
      playing.onclick = () => {
        if (now.playing) actions.play(false);
        else {
          actions.goToStep(step >= last ? 1 : step + 1);
          actions.play(true);
        }
      };
      back.disabled = step === 0;
      reset.disabled = step === 0;
      forward.disabled = step >= last;
      scrubber.max = String(last);
      scrubber.value = String(step);
      if (isShown(now)) {
        scrubber.setAttribute('aria-valuetext', step === 0 ? 'no sweep' : stepTitle(now.steps, step));
        describe(now);
      }
    },
  };
}

function equationElement(line: StepEquation): HTMLElement {
  const { tone, name, formula, written, value, note } = line;
  const parts: (Node | string)[] = [h('b', {}, equation(name))];
  const more = (relation: string, text: Node | string): void => {
    parts.push(` ${relation} `, text);
  };
  if (formula !== '') more('=', equation(formula));
  if (written !== null && written.text !== value.text) more(written.relation, written.text);
  if (formula !== value.text) more(value.relation, h('b', {}, value.text));
  if (note !== '') parts.push(' ', h('span', { class: 'user' }, note));
  return h('p', { class: `step-equation ${tone}`, 'aria-hidden': 'true' }, ...parts);
}

/** As a screen reader should say it. */
function spokenText(text: string): string {
  return text
    .replace(/w\u0304(\d+)/g, 'adjoint $1')
    .replace(/ẇ(\d+)/g, 'tangent $1')
    .replace(/≈/g, 'about')
    .replace(/·/g, ' times ')
    .replace(/−/g, ' minus ');
}
