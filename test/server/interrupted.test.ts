// A request of the panel that is cancelled while it is at work is left, and leaves nothing behind.
import { expect, test } from 'vitest';
import {
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelModelResult,
  type PanelPlotResult,
} from '../../server/protocol/messages.ts';
import type { FromWorker } from '../../server/worker/channel.ts';
import { Session } from '../../server/worker/session.ts';

const URI = 'file:///interrupted.ts';
const TEXT = `// @differentiable at x = 2
function f(x: number): number {
  let s = 0;
  for (let i = 1; i < 200; i++) s += Math.max(0, Math.sin(x * i)) / i;
  return s;
}
`;

function start(): { ask<R>(method: string, params: object, cancelAt?: FromWorker['kind']): R } {
  const unwanted = new SharedArrayBuffer(4);
  const said: FromWorker[] = [];
  let cancelAt: FromWorker['kind'] | undefined;
  let id = 0;
  const session = new Session((message) => {
    said.push(message);
    if (message.kind === cancelAt) Atomics.store(new Int32Array(unwanted), 0, id);
  });
  session.receive({
    kind: 'start',
    capabilities: { commands: true, markdown: true },
    quarantine: [],
    unwanted,
  });
  session.receive({ kind: 'open', uri: URI, language: 'typescript', version: 1, text: TEXT });
  return {
    ask(method, params, at) {
      id++;
      cancelAt = at;
      session.receive({
        kind: 'request',
        id,
        method,
        params: { function: { uri: URI, target: 'f' }, ...params },
      });
      const answer = said.find((message) => message.kind === 'answer' && message.id === id);
      expect(answer).toBeDefined();
      return (answer as Extract<FromWorker, { kind: 'answer' }>).result as never;
    },
  };
}

const slope = (x: number): number => {
  let sum = 0;
  for (let i = 1; i < 200; i++) if (Math.sin(x * i) > 0) sum += Math.cos(x * i);
  return sum;
};

test('a model that nobody waits for is not kept', () => {
  const server = start();
  expect(server.ask(PANEL_MODEL, {}, 'evaluating')).toBeNull();
  const { model } = server.ask<PanelModelResult>(PANEL_MODEL, {});
  expect(model.jacobian[0]![0]).toBeCloseTo(slope(2), 9);
  expect(model.formulas.length).toBeGreaterThan(0);
  expect(server.ask(PANEL_MODEL, { point: [['x', 2.5]] }, 'evaluating')).toBeNull();
  const moved = server.ask<PanelModelResult>(PANEL_MODEL, { point: [['x', 2.5]] }).model;
  expect(moved.jacobian[0]![0]).toBeCloseTo(slope(2.5), 9);
});

test('a plot that nobody waits for ends early', () => {
  const server = start();
  const params = { axes: [{ input: 'x', low: 1, high: 3, count: 41 }] };
  const whole = server.ask<PanelPlotResult>(PANEL_PLOT, params);
  expect(whole.values.every((value) => value !== null)).toBe(true);
  // What was told last was that the base analysis is looked at: everything after it is left.
  const left = server.ask<PanelPlotResult | null>(PANEL_PLOT, params, 'evaluating');
  expect(left?.values.some((value) => value !== null) ?? false).toBe(false);
});
