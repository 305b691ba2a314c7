/** A slider and a field for every input, and what differences say of the derivatives at the point. */
import { PANEL_DIFFERENCES, type PanelModel } from '../../../server/protocol/messages.ts';
import { h } from '../dom.ts';
import { iconButton } from '../icons.ts';
import { panelPoint } from '../motion.ts';
import { pointOf } from '../numbers.ts';
import type { Questions } from '../questions.ts';
import { differencesText, keyStep, reachOf, readNumber, rounded, writeNumber } from '../sliders.ts';
import type { Actions, PageState, Part } from '../state.ts';
import { isOfShown, isShown } from '../state.ts';
import { differs } from '../store.ts';
import { sectionElement } from './part.ts';

/** Inputs that have a slider unasked. */
const SHOWN = 8;

export function inputsPart(actions: Actions): Part {
  const { section, body } = sectionElement('Inputs');
  const list = h('div', { class: 'inputs' });
  const more = h('button', {});
  const reset = h(
    'button',
    {
      onclick: () => actions.move(Object.fromEntries(inputs.map(({ label }) => [label, null])), false),
    },
    'Reset all',
  );
  const state = h('p', { class: 'note', role: 'status' });
  const differences = h('p', { class: 'note differences' });
  body.append(list, h('div', { class: 'toolbar' }, more, reset), state, differences);
  let inputs: PanelModel['inputs'] = [];
  let rows: InputRow[] = [];
  let all = false;

  const build = (): void => {
    const shown = all ? inputs : inputs.slice(0, SHOWN);
    rows = shown.map((input, index) => {
      const before = rows[index];
      if (before !== undefined && before.input.label === input.label) {
        before.input = input;
        return before;
      }
      return new InputRow(input, actions);
    });
    rows.forEach(({ element }, index) => {
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    });
    while (list.children.length > rows.length) list.lastElementChild!.remove();
    more.hidden = shown.length === inputs.length;
    more.textContent = `Show all ${inputs.length} inputs`;
  };

  return {
    element: section,
    update(now, before) {
      section.hidden = now.content === null || now.inputs.length === 0;
      if (section.hidden) return;
      const anew = differs(now, before, 'inputs');
      if (anew) {
        ({ inputs } = now);
        build();
      }
      if (anew || differs(now, before, 'moved')) place(rows, now);
      more.onclick = () => {
        all = true;
        build();
        place(rows, now);
        rows[SHOWN]?.focus();
      };
      reset.disabled = Object.keys(now.moved).length === 0;
      const said = behindText(now);
      if (state.textContent !== said) state.textContent = said;
      const compared =
        isShown(now) && now.differences !== null ? differencesText(now.content.model, now.differences) : null;
      differences.textContent = compared?.text ?? '';
      differences.classList.toggle('warning', compared?.agree === false);
    },
  };
}

function place(rows: readonly InputRow[], { inputs, moved }: PageState): void {
  const point = pointOf(inputs, moved);
  rows.forEach((row, index) => row.place(point[index]!, Object.hasOwn(moved, row.input.label)));
}

function behindText({ behind }: PageState): string {
  if (behind === 'asking') return 'Working out this point …';
  return behind === 'unknown'
    ? 'What is shown could not be worked out at this point; it is of the one named above.'
    : '';
}

class InputRow {
  input: PanelModel['inputs'][number];
  readonly element: HTMLElement;
  private readonly actions: Actions;
  private readonly slider: HTMLInputElement;
  private readonly field: HTMLInputElement;
  private readonly reset: HTMLButtonElement;
  private value = Number.NaN;
  private pending: number | null = null;
  private typing = false;

  constructor(input: PanelModel['inputs'][number], actions: Actions) {
    this.input = input;
    this.actions = actions;
    const { label } = input;
    this.slider = h('input', {
      type: 'range',
      step: 'any',
      'aria-label': label,
      oninput: () => this.slide(),
      onchange: () => this.slid(),
      onkeydown: (event: KeyboardEvent) => this.key(event),
    });
    this.field = h('input', {
      type: 'text',
      class: 'value',
      inputmode: 'decimal',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-label': `${label}, value`,
      oninput: () => {
        this.typing = true;
      },
      onchange: () => this.entered(),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') this.write();
        else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') this.key(event);
      },
    });
    this.reset = iconButton('reset', `Reset ${label}`, () => {
      this.actions.move({ [label]: null }, false);
      this.slider.focus();
    });
    this.element = h(
      'div',
      { class: 'input', role: 'group', 'aria-label': label },
      h('span', { class: 'input-name', dir: 'auto', title: label }, label),
      this.slider,
      this.field,
      this.reset,
    );
  }

  focus(): void {
    this.slider.focus();
  }

  /** Puts everything where the input is. */
  place(value: number, moved: boolean): void {
    this.value = value;
    const { low, high } = reachOf(this.input, value);
    this.slider.min = String(low);
    this.slider.max = String(high);
    // What the user is dragging stands where it is dragged to.
    if (this.pending === null && Number(this.slider.value) !== value) this.slider.value = String(value);
    this.slider.setAttribute('aria-valuetext', writeNumber(value));
    if (!this.typing) this.write();
    this.reset.disabled = !moved;
  }

  private write(): void {
    this.typing = false;
    this.field.value = writeNumber(this.value);
    this.field.removeAttribute('aria-invalid');
  }

  private move(value: number, dragging: boolean): void {
    this.actions.move({ [this.input.label]: value }, dragging);
  }

  /** At most one movement for each picture. */
  private slide(): void {
    const first = this.pending === null;
    this.pending = Number(this.slider.value);
    if (first) requestAnimationFrame(() => this.flush(true));
  }

  private slid(): void {
    this.pending = Number(this.slider.value);
    this.flush(false);
  }

  private flush(dragging: boolean): void {
    if (this.pending === null) return;
    const { low, high } = reachOf(this.input, this.value);
    const value = rounded(this.pending, low, high);
    this.move(Math.min(high, Math.max(low, value)), dragging);
    this.pending = null;
  }

  private key(event: KeyboardEvent): void {
    const { low, high } = reachOf(this.input, this.value);
    const value = keyStep(event.key, event.shiftKey, this.value, low, high);
    if (value === null) return;
    event.preventDefault();
    this.move(value, false);
  }

  private entered(): void {
    const value = readNumber(this.field.value);
    if (value === null) this.field.setAttribute('aria-invalid', 'true');
    else {
      this.typing = false;
      this.move(value, false);
      this.write();
    }
  }
}

// ───────────────────────────── differences ─────────────────────────────

/** Time without a change before differences are asked for. */
const IDLE_MS = 700;

/** Asks for differences when all is quiet. */
export function differencesPart(
  questions: Questions,
  found: (state: Pick<PageState, 'differences'>) => void,
): Part {
  let timer: number | undefined;
  let forget: (() => void) | null = null;
  const ask = async (state: PageState): Promise<void> => {
    const question = questions.ask({ method: PANEL_DIFFERENCES, params: { point: panelPoint(state.moved) } });
    forget = question.forget;
    const differences = await question.answer;
    if (forget !== question.forget) return;
    forget = null;
    if (differences !== null && isOfShown(state.content, differences)) found({ differences });
  };
  return {
    element: h('div', {}),
    update(now, before) {
      if (!differs(now, before, 'content', 'moved', 'dragging', 'behind')) return;
      window.clearTimeout(timer);
      forget?.();
      forget = null;
      const { content, differences } = now;
      if (content === null || content.model.sample === null) return;
      if (now.dragging || now.behind !== 'no' || differences !== null || content.model.jacobian.length === 0)
        return;
      timer = window.setTimeout(() => void ask(now), IDLE_MS);
    },
  };
}
