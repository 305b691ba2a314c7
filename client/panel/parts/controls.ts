/** Which derivatives are shown: the mode, the output and the seed. */
import { type Mode, readDirection, seedIndex } from '../choice.ts';
import { h } from '../dom.ts';
import type { Actions, Shown } from '../state.ts';

/** The value of the option with which a direction is entered by hand. */
const DIRECTION = '\u0000direction';

/** null where there is nothing to choose. */
export function controls(shown: Shown, actions: Actions): Node | null {
  const { model } = shown.content;
  if (model.special && model.outputs.length <= 1) return null;
  return h(
    'div',
    { class: 'toolbar' },
    model.special ? null : modes(shown, actions),
    model.outputs.length > 1 ? outputSelect(shown, actions) : null,
    shown.choice.mode === 'forward' && model.seeds.length > 1 ? seedSelect(shown, actions) : null,
    shown.choice.mode === 'forward' && shown.choice.direction !== null
      ? directionField(shown, actions)
      : null,
  );
}

function modes({ choice }: Shown, actions: Actions): Node {
  const mode = (value: Mode, label: string): Node =>
    h(
      'button',
      {
        class: value,
        'aria-pressed': choice.mode === value ? 'true' : 'false',
        onclick: () => {
          actions.goToStep(0);
          actions.choose({ mode: value });
        },
      },
      label,
    );
  return h(
    'div',
    { class: 'segments', role: 'group', 'aria-label': 'Mode' },
    mode('forward', 'Forward: tangents ẇ'),
    mode('reverse', 'Reverse: adjoints w̄'),
  );
}

function seedSelect({ content: { model }, choice }: Shown, actions: Actions): Node {
  const chosen = choice.direction === null ? seedIndex(model, choice) : -1;
  return h(
    'label',
    {},
    'Seed ',
    h(
      'select',
      {
        onchange: (event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const ones = model.inputs.map(() => 1);
          actions.choose(value === DIRECTION ? { direction: ones } : { seed: value, direction: null });
        },
      },
      ...model.seeds.map((seed, index) => h('option', { value: seed, selected: index === chosen }, seed)),
      h('option', { value: DIRECTION, selected: choice.direction !== null }, 'a direction …'),
    ),
  );
}

function directionField({ content: { model }, choice }: Shown, actions: Actions): Node {
  const labels = model.inputs.map((input) => input.label).join(', ');
  return h(
    'label',
    { title: `The tangents of ${labels}` },
    'Direction ',
    h('input', {
      type: 'text',
      class: 'direction',
      'data-key': 'direction',
      value: choice.direction!.join(', '),
      spellcheck: 'false',
      onchange: (event: Event) => {
        const field = event.target as HTMLInputElement;
        const direction = readDirection(field.value, model.inputs.length);
        field.setAttribute('aria-invalid', direction === null ? 'true' : 'false');
        if (direction !== null) actions.choose({ direction });
      },
    }),
  );
}

function outputSelect({ content: { model } }: Shown, actions: Actions): Node {
  return h(
    'label',
    {},
    'Output ',
    h(
      'select',
      {
        onchange: (event: Event) =>
          actions.post({ kind: 'output', output: (event.target as HTMLSelectElement).selectedIndex }),
      },
      ...model.outputs.map((output, index) =>
        h('option', { selected: index === model.output }, `${model.name}${output.label}`),
      ),
    ),
  );
}
