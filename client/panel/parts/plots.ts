/** Plots along one input, or over two. The path is followed here; where it ends, and for kinks, the server is asked. */
import { PANEL_PLOT, type PanelModel } from '../../../server/protocol/messages.ts';
import { h, patch } from '../dom.ts';
import { LiveTapes, panelPoint } from '../motion.ts';
import { pointOf } from '../numbers.ts';
import { onThemeChange } from '../plots/colors.ts';
import { ContourPlot } from '../plots/contourPlot.ts';
import { LinePlot } from '../plots/linePlot.ts';
import { type Axis, followAxes, type Samples, serverSamples } from '../plots/samples.ts';
import type { Questions } from '../questions.ts';
import { reachOf, rounded } from '../sliders.ts';
import { type Actions, isOfShown, isShown, type Part, type Shown } from '../state.ts';
import { differs } from '../store.ts';
import { partialLabel } from '../view.ts';
import { sectionElement } from './part.ts';

/** Places along one input and, squared, over two: at rest and while something is dragged. */
const COUNTS = { line: { rest: 301, drag: 151 }, contour: { rest: 49, drag: 17 } } as const;
/** Rows of the tape that are worked out for one plot. */
const WORK = { rest: 6e6, drag: 5e5 } as const;
/** Of each picture while something is dragged. */
const DRAG_MS = 2.5;
/** Places that the server is asked for along one input and, squared, over two: it runs the function at each. */
const ASKED = [201, 25] as const;
const IDLE_MS = 450;

export function plotsPart(actions: Actions, questions: Questions): Part {
  const { section, body } = sectionElement('Plots');
  const choices = h('div', { class: 'toolbar' });
  const line = new LinePlot({ move: (x, dragging) => moveTo([x], dragging) });
  const contour = new ContourPlot({ move: (x, y, dragging) => moveTo([x, y], dragging) });
  const note = h('p', { class: 'note' });
  line.element.hidden = true;
  contour.element.hidden = true;
  body.append(choices, line.element, contour.element, note);
  const tapes = new LiveTapes();
  let latest: Shown | null = null;
  let inSight = false;
  /** How many places fit into the time there is while something is dragged. */
  let affordable = Number.POSITIVE_INFINITY;
  /** `asked`: the server has answered. */
  let kept: { readonly key: unknown[]; readonly samples: Samples; readonly asked: boolean } | null = null;
  let timer: number | undefined;
  let forget: (() => void) | null = null;

  new IntersectionObserver(
    ([entry]) => {
      inSight = entry?.isIntersecting ?? false;
      if (inSight && latest !== null) draw(latest);
    },
    { rootMargin: '200px' },
  ).observe(section);
  onThemeChange(() => {
    line.recolor();
    contour.recolor();
  });

  function moveTo(places: readonly number[], dragging: boolean): void {
    if (latest === null) return;
    const moved = axesOf(latest, affordable).map(({ input, low, high }, axis) => {
      const value = Math.min(high, Math.max(low, rounded(places[axis]!, low, high)));
      return [latest!.content.model.inputs[input]!.label, value] as const;
    });
    actions.move(Object.fromEntries(moved), dragging);
  }

  function draw(shown: Shown): void {
    const { model } = shown.content;
    const axes = axesOf(shown, affordable);
    const { point } = shown.numbers;
    const others = point.filter((_, input) => axes.every((axis) => axis.input !== input));
    const key: unknown[] = [model, ...axes.flatMap(({ input, low, high }) => [input, low, high]), ...others];
    const same =
      kept !== null && kept.key.length === key.length && kept.key.every((one, i) => Object.is(one, key[i]));
    const finest = kept !== null && (kept.asked || kept.samples.at[0]!.length >= (axes[0]?.count ?? 0));
    if (!same || (!finest && !shown.dragging)) {
      const live = tapes.of(model);
      window.clearTimeout(timer);
      forget?.();
      forget = null;
      const start = performance.now();
      const samples = live === null ? nothing(axes) : followAxes(model, live, point, axes);
      affordable = (samples.values.length * DRAG_MS) / Math.max(0.1, performance.now() - start);
      kept = { key, samples, asked: false };
      if (!samples.complete) timer = window.setTimeout(() => void ask(shown, axes, key), IDLE_MS);
    }
    if (kept !== null) show(shown, axes, kept.samples);
  }

  async function ask(shown: Shown, axes: readonly Axis[], key: unknown[]): Promise<void> {
    const { inputs } = shown.content.model;
    const point = Object.fromEntries(inputs.map(({ label }, input) => [label, shown.numbers.point[input]!]));
    const question = questions.ask({
      method: PANEL_PLOT,
      params: {
        point: panelPoint(point),
        axes: axes.map(({ input, low, high, count }) => ({
          input: inputs[input]!.label,
          low,
          high,
          count: Math.min(count, ASKED[axes.length - 1]!),
        })),
      },
    });
    forget = question.forget;
    const result = await question.answer;
    if (forget !== question.forget) return;
    forget = null;
    if (result === null || latest === null || kept?.key !== key) return;
    if (!isOfShown(latest.content, result)) return;
    kept = { key, samples: serverSamples(result, kept.samples), asked: true };
    show(latest, axes, kept.samples);
  }

  function show(shown: Shown, axes: readonly Axis[], samples: Samples): void {
    const { content, numbers } = shown;
    const { model } = content;
    const output = model.outputs[model.output];
    const value = numbers.outputs[model.output] ?? null;
    const names = axes.map(({ input }) => model.inputs[input]!.label);
    line.element.hidden = axes.length !== 1;
    contour.element.hidden = axes.length !== 2;
    const [x, y] = axes;
    const name = `${model.name}${output?.label ?? ''}`;
    if (y !== undefined)
      contour.show({
        samples,
        names: { value: name, inputs: [names[0]!, names[1]!] },
        point: [numbers.point[x!.input]!, numbers.point[y.input]!],
        value,
      });
    else
      line.show({
        samples,
        names: { value: name, partial: partialLabel(model, names[0]!), input: names[0]! },
        point: {
          x: numbers.point[x!.input]!,
          value,
          partial: numbers.jacobian[model.output]?.[x!.input] ?? null,
        },
      });
    const marks = samples.marks.map(
      ({ kind, at }) => `${kind} at ${names[0]} ≈ ${Number(at.toPrecision(6))}`,
    );
    note.textContent = axes.length === 1 ? marks.slice(0, 6).join(', ') : bordersText(samples.borders);
  }

  return {
    element: section,
    update(now, before) {
      section.hidden =
        !isShown(now) || now.content.model.trace.length === 0 || now.content.model.inputs.length === 0;
      if (section.hidden || !isShown(now)) {
        latest = null;
        return;
      }
      latest = now;
      if (differs(now, before, 'content', 'plot'))
        patch(choices, h('div', { class: 'toolbar' }, ...selects(now, actions)));
      if (inSight && differs(now, before, 'content', 'numbers', 'plot', 'dragging')) draw(now);
    },
  };
}

/** What the lines of kinks and jumps are, where there are any. */
function bordersText(borders: Samples['borders']): string {
  const said = { kink: 'dotted: kinks', jump: 'dashed: jumps', pole: 'dashed: poles', end: 'dashed: ends' };
  const kinds = new Set(borders.map(({ kind }) => said[kind]));
  return [...kinds].join(', ');
}

// ───────────────────────────── axes ─────────────────────────────

function plottedInputs({ content: { model }, plot }: Shown): number[] {
  const find = (label: string | null): number => model.inputs.findIndex((input) => input.label === label);
  const x = Math.max(0, find(plot.x));
  const y = plot.y === null ? -1 : find(plot.y);
  return y < 0 || y === x ? [x] : [x, y];
}

function axesOf(shown: Shown, affordable: number): Axis[] {
  const { content, inputs, moved, dragging } = shown;
  const { model } = content;
  const plotted = plottedInputs(shown);
  const pace = dragging ? 'drag' : 'rest';
  const rows = (model.tape?.op.length ?? 0) + model.inputs.length;
  const most = Math.min(WORK[pace] / Math.max(1, rows), dragging ? affordable : Number.POSITIVE_INFINITY);
  const count =
    plotted.length === 1
      ? Math.max(41, Math.min(COUNTS.line[pace], Math.floor(most)))
      : Math.max(9, Math.min(COUNTS.contour[pace], Math.floor(Math.sqrt(most))));
  const wanted = pointOf(inputs, moved);
  return plotted.map((input) => {
    const value = wanted[input] ?? Number.NaN;
    return { input, ...reachOf(model.inputs[input]!, value), count };
  });
}

function nothing(axes: readonly Axis[]): Samples {
  return {
    at: axes.map(({ low, high }) => [low, high]),
    values: [],
    partials: axes.map(() => []),
    marks: [],
    borders: [],
    known: false,
    complete: false,
  };
}

/** Inputs that are offered to plot along. */
const OFFERED = 100;

function selects(shown: Shown, actions: Actions): (Node | string)[] {
  const { model } = shown.content;
  const [x, y] = plottedInputs(shown);
  const labels = model.inputs.slice(0, OFFERED).map(({ label }) => label);
  const xLabel = labels[x!] ?? null;
  const yLabel = y === undefined ? null : (labels[y] ?? null);
  const along = select('Along', labels, xLabel, (label) =>
    actions.plot({ x: label, y: label === yLabel ? null : yLabel }),
  );
  if (labels.length < 2) return [along];
  return [
    along,
    select('and along', ['', ...labels.filter((label) => label !== xLabel)], yLabel ?? '', (label) =>
      actions.plot({ x: xLabel, y: label === '' ? null : label }),
    ),
  ];
}

function select(
  name: string,
  labels: readonly PanelModel['inputs'][number]['label'][],
  chosen: string | null,
  choose: (label: string) => void,
): Node {
  return h(
    'label',
    {},
    `${name} `,
    h(
      'select',
      { onchange: (event: Event) => choose((event.target as HTMLSelectElement).value) },
      ...labels.map((label) =>
        h('option', { value: label, selected: label === chosen }, label === '' ? 'no other' : label),
      ),
    ),
  );
}
