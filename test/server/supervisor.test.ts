import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RequestOptions, Supervisor } from '../../server/supervisor.ts';
import type { FromWorker, ToWorker, WorkerHandle } from '../../server/worker/channel.ts';

class FakeWorker implements WorkerHandle {
  readonly sent: ToWorker[] = [];
  terminated = false;
  say: (message: FromWorker) => void = () => {};
  exit: (reason: string) => void = () => {};
  post(message: ToWorker): void {
    this.sent.push(structuredClone(message));
  }
  onMessage(handler: (message: FromWorker) => void): void {
    this.say = handler;
  }
  onExit(handler: (reason: string) => void): void {
    this.exit = handler;
  }
  terminate(): void {
    this.terminated = true;
  }
  requests(): Extract<ToWorker, { kind: 'request' }>[] {
    return this.sent.filter((message) => message.kind === 'request');
  }
}

const URI = 'file:///a.ts';
const hover: RequestOptions = { urgency: 0, deadline: 1000, positional: true, uri: URI };
const lens: RequestOptions = { urgency: 2, deadline: 1000, positional: false, uri: URI };

let workers: FakeWorker[];
let restarts: string[];
let givenUp: string[];
let supervisor: Supervisor;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  restarts = [];
  givenUp = [];
  supervisor = new Supervisor(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    {
      log() {},
      restarted: (reason) => restarts.push(reason),
      gaveUp: (reason) => givenUp.push(reason),
    },
  );
  supervisor.launch();
});
afterEach(() => {
  supervisor.dispose();
  vi.useRealTimers();
});

describe('requests', () => {
  test('one at a time, the urgent ones first, in order among equals', () => {
    const first = supervisor.request('lens1', {}, lens);
    supervisor.request('lens2', {}, lens);
    supervisor.request('hover', {}, hover);
    const [worker] = workers as [FakeWorker];
    expect(worker.requests().map(({ method }) => method)).toEqual(['lens1']);
    worker.say({ kind: 'answer', id: worker.requests()[0]!.id, result: 'one' });
    worker.say({ kind: 'answer', id: worker.requests()[1]!.id, result: 'two' });
    expect(worker.requests().map(({ method }) => method)).toEqual(['lens1', 'hover', 'lens2']);
    return expect(first.outcome).resolves.toEqual({ kind: 'result', result: 'one' });
  });

  test('a queued request that is cancelled is never sent', async () => {
    supervisor.request('first', {}, hover);
    const second = supervisor.request('second', {}, hover);
    second.cancel();
    await expect(second.outcome).resolves.toEqual({ kind: 'cancelled' });
    const [worker] = workers as [FakeWorker];
    worker.say({ kind: 'answer', id: worker.requests()[0]!.id, result: null });
    expect(worker.requests()).toHaveLength(1);
  });

  test('the worker sees that the request it is at is not wanted any more', () => {
    const first = supervisor.request('first', {}, hover);
    const second = supervisor.request('second', {}, hover);
    const [worker] = workers as [FakeWorker];
    const start = worker.sent.find((message) => message.kind === 'start');
    const unwanted = new Int32Array(start!.unwanted!);
    second.cancel();
    expect(unwanted[0]).toBe(0);
    first.cancel();
    expect(unwanted[0]).toBe(worker.requests()[0]!.id);
  });

  test('an edit makes requests at a position stale, and no others', async () => {
    supervisor.open(URI, 'typescript', 1, 'let x');
    const running = supervisor.request('running', {}, lens);
    const position = supervisor.request('position', {}, hover);
    const whole = supervisor.request('whole', {}, lens);
    supervisor.change(URI, 2, [{ text: 'let y' }]);
    await expect(position.outcome).resolves.toEqual({ kind: 'stale' });
    const [worker] = workers as [FakeWorker];
    worker.say({ kind: 'answer', id: worker.requests()[0]!.id, result: 1 });
    worker.say({ kind: 'answer', id: worker.requests()[1]!.id, result: 2 });
    await expect(running.outcome).resolves.toEqual({ kind: 'result', result: 1 });
    await expect(whole.outcome).resolves.toEqual({ kind: 'result', result: 2 });
  });

  test('one put off is asked again after what is more urgent', () => {
    supervisor.request('slow', {}, lens);
    supervisor.request('hover', {}, hover);
    const [worker] = workers as [FakeWorker];
    worker.say({ kind: 'later', id: worker.requests()[0]!.id });
    expect(worker.requests().map(({ method }) => method)).toEqual(['slow', 'hover']);
    worker.say({ kind: 'answer', id: worker.requests()[1]!.id, result: null });
    expect(worker.requests().map(({ method }) => method)).toEqual(['slow', 'hover', 'slow']);
  });
});

describe('runaways', () => {
  const CULPRIT = { content: 'abc', name: 'f' };

  test('an evaluation past its deadline: the worker is ended, the next one knows everything', async () => {
    supervisor.open(URI, 'typescript', 1, 'one\ntwo\n');
    supervisor.change(URI, 2, [
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, text: 'three' },
    ]);
    const asked = supervisor.request('hover', { at: 1 }, hover);
    const [worker] = workers as [FakeWorker];
    const { id } = worker.requests()[0]!;
    worker.say({ kind: 'samples', active: [[URI, 'f', 1]] });
    worker.say({ kind: 'started', id });
    worker.say({ kind: 'evaluating', what: CULPRIT });
    vi.advanceTimersByTime(999);
    expect(worker.terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(worker.terminated).toBe(true);
    const next = workers[1]!;
    expect(next.sent.find((message) => message.kind === 'start')).toMatchObject({ quarantine: [CULPRIT] });
    expect(next.sent.find((message) => message.kind === 'open')).toMatchObject({
      version: 2,
      text: 'one\nthree\n',
    });
    expect(next.sent.find((message) => message.kind === 'samples')).toMatchObject({
      active: [[URI, 'f', 1]],
    });
    expect(next.requests()).toMatchObject([{ method: 'hover', params: { at: 1 } }]);
    next.say({ kind: 'answer', id: next.requests()[0]!.id, result: 'GL012' });
    await expect(asked.outcome).resolves.toEqual({ kind: 'result', result: 'GL012' });
    expect(restarts).toHaveLength(1);
  });

  test('the deadline counts from each evaluation: many short ones are no runaway', () => {
    supervisor.request('hints', {}, lens);
    const [worker] = workers as [FakeWorker];
    worker.say({ kind: 'started', id: worker.requests()[0]!.id });
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(700);
      worker.say({ kind: 'evaluating', what: { content: String(i), name: 'f' } });
    }
    expect(worker.terminated).toBe(false);
  });

  test('what the dead worker still says is not heard', async () => {
    const asked = supervisor.request('hover', {}, hover);
    const [worker] = workers as [FakeWorker];
    const { id } = worker.requests()[0]!;
    worker.say({ kind: 'started', id });
    worker.say({ kind: 'evaluating', what: CULPRIT });
    vi.advanceTimersByTime(1000);
    worker.say({ kind: 'answer', id, result: 'too late' });
    const next = workers[1]!;
    next.say({ kind: 'answer', id: next.requests()[0]!.id, result: 'right' });
    await expect(asked.outcome).resolves.toEqual({ kind: 'result', result: 'right' });
  });
});

describe('a worker that dies', () => {
  test('is replaced, and the request under way asked again', async () => {
    supervisor.open(URI, 'typescript', 1, 'text');
    const asked = supervisor.request('hover', {}, hover);
    workers[0]!.exit('it used too much memory');
    expect(workers).toHaveLength(2);
    const next = workers[1]!;
    expect(next.sent.find((message) => message.kind === 'open')).toMatchObject({ text: 'text' });
    next.say({ kind: 'answer', id: next.requests()[0]!.id, result: 1 });
    await expect(asked.outcome).resolves.toEqual({ kind: 'result', result: 1 });
  });

  test('again and again under the same request, fails that request only', async () => {
    const asked = supervisor.request('hover', {}, hover);
    workers[0]!.exit('crash');
    workers[1]!.exit('crash');
    await expect(asked.outcome).resolves.toMatchObject({ kind: 'failed' });
    const other = supervisor.request('other', {}, hover);
    const next = workers[2]!;
    next.say({ kind: 'answer', id: next.requests()[0]!.id, result: 1 });
    await expect(other.outcome).resolves.toEqual({ kind: 'result', result: 1 });
  });

  test('without end, is given up', async () => {
    for (let i = 0; i < 20 && givenUp.length === 0; i++) workers.at(-1)!.exit('crash');
    expect(givenUp).toHaveLength(1);
    await expect(supervisor.request('hover', {}, hover).outcome).resolves.toMatchObject({ kind: 'failed' });
  });
});
