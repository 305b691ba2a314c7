/** What the server's answers look like. */
import { isPanelModel, location, plain, range } from '../../core/graph/panelModelShape.ts';
import {
  boolean,
  count,
  finite,
  list,
  oneOf,
  orNull,
  pair,
  record,
  type Shape,
  string,
} from '../../core/graph/shapes.ts';
import {
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelDifference,
  type PanelDifferencesResult,
  type PanelModelResult,
  type PanelPlotResult,
  type PlotBorder,
  type PlotMark,
} from '../../server/protocol/messages.ts';
import { reference } from './messages.ts';

const difference = record<PanelDifference>({
  input: string,
  derivative: orNull(plain),
  difference: orNull(finite),
  error: orNull(finite),
  digits: orNull(finite),
  told: orNull(finite),
  side: oneOf('both', 'above', 'below', 'none'),
});

const kind = oneOf('kink', 'jump', 'pole', 'end');
const side = orNull(record<NonNullable<PlotMark['below']>>({ value: plain, slope: orNull(plain) }));
const place = pair(finite, finite);
const plot = record<PanelPlotResult>({
  version: count,
  at: list(list(finite)),
  values: list(orNull(plain)),
  partials: list(list(orNull(plain))),
  paths: list(Number.isInteger as Shape<number>),
  marks: list(record<PlotMark>({ kind, at: finite, below: side, above: side, location: orNull(location) })),
  borders: list(record<PlotBorder>({ kind, from: place, to: place })),
  complete: boolean,
});

/** As many numbers as there are places. */
function isWhole({ at, values, partials }: PanelPlotResult): boolean {
  const size = at.reduce((product, line) => product * line.length, 1);
  return (
    (at.length === 1 || at.length === 2) &&
    values.length === size &&
    partials.length === at.length &&
    partials.every((row) => row.length === size)
  );
}

/** By what was asked. */
export const ANSWERS = {
  [PANEL_MODEL]: record<PanelModelResult>({
    function: reference,
    version: count,
    nameRange: range,
    model: isPanelModel,
  }),
  [PANEL_DIFFERENCES]: record<PanelDifferencesResult>({ version: count, rows: list(difference) }),
  [PANEL_PLOT]: (result: unknown): result is PanelPlotResult => plot(result) && isWhole(result),
};
