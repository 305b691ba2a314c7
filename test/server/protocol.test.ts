/** The built server over stdin and stdout (and Node's IPC), in the order in which an editor talks to it. */
import { describe, expect, test } from 'vitest';
import { builtServer } from './builtServer.ts';
import { type LspClient, type Message, ResponseFailure } from './lspClient.ts';

const server = builtServer();
const URI = 'file:///protocol.ts';
const TUTORIAL = `// @differentiable at x1 = 2, x2 = 3
function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}
`;
const NAME = { line: 1, character: 9 };
/** The 2 of `x1 = 2`. */
const SAMPLE = { line: 0, character: TUTORIAL.indexOf('= 2') + 2 };

interface Hover {
  readonly contents: { readonly kind: string; readonly value: string };
}
interface Lens {
  readonly command?: { readonly title: string };
}
interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly severity: number;
    readonly range: { readonly start: { readonly line: number } };
    readonly codeDescription?: { readonly href: string };
  }[];
}

const hover = (client: LspClient, position: object = NAME, uri = URI): Promise<Hover | null> =>
  client.request('textDocument/hover', { textDocument: { uri }, position });
async function titles(client: LspClient, uri = URI): Promise<string[]> {
  const lenses = await client.request<Lens[]>('textDocument/codeLens', { textDocument: { uri } });
  const resolved = await Promise.all(lenses.map((lens) => client.request<Lens>('codeLens/resolve', lens)));
  return resolved.map((lens) => lens.command?.title ?? '');
}
async function published(
  client: LspClient,
  condition: (diagnostics: Published) => boolean,
  from = 0,
): Promise<Published> {
  const message = await client.waitFor(
    ({ method, params }) => method === 'textDocument/publishDiagnostics' && condition(params as Published),
    from,
  );
  return message.params as Published;
}
function logged(client: LspClient): string {
  return client.notifications
    .filter(({ method }: Message) => method === 'window/logMessage')
    .map(({ params }) => (params as { message: string }).message)
    .join('\n');
}

describe.each(['stdio', 'ipc'] as const)('a session over %s', (transport) => {
  test('initialize, open, lenses, hints, hover, edit, close, shutdown', async () => {
    const client = await server.start({ transport, initialize: false });
    const answer = (await client.initialize()) as { capabilities: object; serverInfo: { name: string } };
    expect(answer.serverInfo.name).toBe('gradlens');
    expect(answer.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2 },
      hoverProvider: true,
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: true,
    });
    client.open(URI, TUTORIAL);
    expect(await titles(client)).toEqual(['show derivative', '∇f(2, 3) ≈ (2.584, 2)', 'insert gradient']);
    const hints = await client.request<{ label: string }[]>('textDocument/inlayHint', {
      textDocument: { uri: URI },
      range: { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } },
    });
    expect(hints.map(({ label }) => label)).toEqual(['≈ 6.91']);
    const shown = await hover(client);
    expect(shown?.contents.kind).toBe('markdown');
    expect(shown?.contents.value.split('\n\n')[0]).toBe(
      '```text\nf(2, 3) = x1·x2 + sin(x1) ≈ 6.909\n∂f/∂x1 = x2 + cos(x1) ≈ 2.584\n∂f/∂x2 = x1 = 2\n```',
    );
    client.change(URI, 2, [
      { range: { start: SAMPLE, end: { ...SAMPLE, character: SAMPLE.character + 1 } }, text: '4' },
    ]);
    expect((await hover(client))?.contents.value).toContain('f(4, 3) = x1·x2 + sin(x1) ≈ 11.24');
    client.notify('textDocument/didClose', { textDocument: { uri: URI } });
    expect(await hover(client)).toBeNull();
    expect(await client.stop()).toBe(0);
  });
});

test('a client without our commands gets no links and no lenses that only carry one', async () => {
  const client = await server.start({ initialize: false });
  await client.initialize({}, { textDocument: { hover: { contentFormat: ['plaintext'] } } });
  client.open(URI, TUTORIAL);
  expect(await titles(client)).toEqual(['∇f(2, 3) ≈ (2.584, 2)']);
  expect((await hover(client))?.contents).toEqual({
    kind: 'plaintext',
    value: 'f(2, 3) = x1·x2 + sin(x1) ≈ 6.909\n∂f/∂x1 = x2 + cos(x1) ≈ 2.584\n∂f/∂x2 = x1 = 2',
  });
});

test('a client without our commands is given the edit of the derivative that it chose', async () => {
  const client = await server.start({ initialize: false });
  await client.initialize({});
  client.open(URI, TUTORIAL);
  const at = { line: 1, character: TUTORIAL.split('\n')[1]!.indexOf('f(') };
  const actions = await client.request<{ title: string }[]>('textDocument/codeAction', {
    textDocument: { uri: URI },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  const titlesOf = actions.map(({ title }) => title);
  expect(titlesOf).toContain('Insert gradient');
  expect(titlesOf).not.toContain('Insert Jacobian');
  const chosen = actions.find(({ title }) => title === 'Insert value and gradient')!;
  expect(chosen).not.toHaveProperty('edit');
  const { edit } = await client.request<{ edit: { changes: Record<string, { newText: string }[]> } }>(
    'codeAction/resolve',
    chosen,
  );
  expect(edit.changes[URI]![0]!.newText).toContain('function fValueAndGradient(x1: number, x2: number)');
});

test('every keystroke is seen by the hover asked for right after it', async () => {
  const client = await server.start();
  client.open(URI, TUTORIAL);
  const column = TUTORIAL.split('\n')[2]!.indexOf('+');
  let version = 1;
  for (let n = 0; n < 50; n++) {
    const at = { line: 2, character: column };
    client.change(URI, ++version, [{ range: { start: at, end: at }, text: `+ ${n} ` }]);
    // By hand: f = x1·x2 + n + sin(x1) at (2, 3).
    const value = 6 + n + Math.sin(2);
    expect((await hover(client))?.contents.value).toContain(`≈ ${value.toPrecision(4)}`);
    const end = { line: 2, character: column + `+ ${n} `.length };
    client.change(URI, ++version, [{ range: { start: at, end }, text: '' }]);
  }
});

describe('cancellation', () => {
  const SLOW = `// @differentiable at x = 1
function slow(x: number): number {
  let s = 0;
  for (let i = 0; i < 150000; i++) s += Math.sin(x * i);
  return s;
}
`;

  test('a queued request that is cancelled is answered so, the others as usual', async () => {
    const client = await server.start();
    client.open(URI, SLOW);
    client.open('file:///other.ts', TUTORIAL);
    const first = client.send('textDocument/hover', { textDocument: { uri: URI }, position: NAME });
    const second = client.send('textDocument/hover', {
      textDocument: { uri: 'file:///other.ts' },
      position: NAME,
    });
    client.cancel(second.id);
    await expect(second.answer).rejects.toMatchObject({ code: -32800 });
    expect(await first.answer).not.toBeNull();
    expect((await hover(client, NAME, 'file:///other.ts'))?.contents.value).toContain('∂f/∂x2 = x1 = 2');
  });

  test('an edit under a request at a position: it is stale, never wrong', async () => {
    const client = await server.start();
    client.open(URI, SLOW + TUTORIAL);
    const line = SLOW.split('\n').length;
    const asked = client.send('textDocument/hover', {
      textDocument: { uri: URI },
      position: { line: 1, character: 10 },
    });
    client.change(URI, 2, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n\n' },
    ]);
    const outcome = await asked.answer.then(
      () => 'answered',
      (error: unknown) => (error instanceof ResponseFailure ? error.code : error),
    );
    expect(['answered', -32801]).toContain(outcome);
    expect((await hover(client, { line: line + 3, character: 9 }))?.contents.value).toContain(
      '∂f/∂x2 = x1 = 2',
    );
  });
});

describe('diagnostics', () => {
  test('appear after a pause, with a page, and go when the text is right', async () => {
    const client = await server.start({ initialize: false });
    await client.initialize({ commands: true, docs: 'file:///docs/diagnostics' });
    client.open(URI, TUTORIAL.replace('x2 = 3', 'x3 = 3'));
    const wrong = await published(client, ({ diagnostics }) => diagnostics.length > 0);
    expect(wrong.diagnostics[0]).toMatchObject({
      code: 'GL002',
      severity: 1,
      codeDescription: { href: 'file:///docs/diagnostics/GL002.md' },
    });
    const at = client.notifications.length;
    client.change(URI, 2, [{ text: TUTORIAL }]);
    expect(await published(client, ({ version }) => version === 2, at)).toMatchObject({ diagnostics: [] });
  });

  test('severities from the settings; a changed setting is heard of', async () => {
    const client = await server.start({
      settings: { gradlens: { diagnostics: { severity: { GL002: 'hint' } } } },
    });
    client.open(URI, TUTORIAL.replace('x2 = 3', 'x3 = 3'));
    const hint = await published(client, ({ diagnostics }) => diagnostics.length > 0);
    expect(hint.diagnostics[0]?.severity).toBe(4);
    const at = client.notifications.length;
    client.settings = { gradlens: { diagnostics: { severity: { GL002: 'off' } } } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    expect((await published(client, () => true, at)).diagnostics).toEqual([]);
  });

  test('a corrupt setting falls back to its default and is named in the output', async () => {
    const client = await server.start({ settings: { gradlens: { significantDigits: 'many', enable: 3 } } });
    client.open(URI, TUTORIAL);
    expect(await titles(client)).toEqual(['show derivative', '∇f(2, 3) ≈ (2.584, 2)', 'insert gradient']);
    await client.waitFor(() => logged(client).includes('gradlens.significantDigits'));
    expect(logged(client)).toContain('gradlens.enable');
  });
});

test('switched off, or excluded, a file shows nothing', async () => {
  const client = await server.start({ settings: { gradlens: { enable: false } } });
  client.open(URI, TUTORIAL);
  expect(await titles(client)).toEqual([]);
  expect(await hover(client)).toBeNull();
  client.settings = { gradlens: {} };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  expect(await titles(client)).toEqual(['show derivative', '∇f(2, 3) ≈ (2.584, 2)', 'insert gradient']);
  const excluded = 'file:///project/node_modules/a/b.ts';
  client.open(excluded, TUTORIAL);
  expect(await titles(client, excluded)).toEqual([]);
});

describe('runaways', () => {
  const NEIGHBOUR = TUTORIAL.replace('function f', 'function neighbour');
  const runaway = (body: string): string =>
    `${NEIGHBOUR}\n// @differentiable at x = 1\nfunction runaway(x: number): number {\n${body}\n}\n`;
  const position = { line: 6, character: 10 };

  test.each([
    ['an endless loop', '  let s = 0;\n  while (true) s += x;'],
    ['an endless loop without a value', '  for (;;) {}'],
    ['an endless recursion', '  return x * runaway(x + 1);'],
    ['an array of 1e10', '  const a = new Array(1e10).fill(x);\n  return a[0];'],
    ['a long array', '  const a = new Array(4e9).fill(x);\n  return a[0];'],
    ['a regular expression that backtracks', `  return /^(a+)+$/.test('${'a'.repeat(40)}!') ? x : 2 * x;`],
    ['a string that doubles', "  let s = 'a';\n  while (x > 0) s += s;\n  return s.length;"],
    ['an array that grows', '  const a = [x];\n  while (true) a.push(a[a.length - 1] * 2);'],
  ])('%s ends in a diagnostic, and neighbours answer', async (_, body) => {
    const client = await server.start();
    client.open(URI, runaway(body));
    await hover(client, position);
    const { diagnostics } = await published(client, (found) => found.diagnostics.length > 0);
    expect(diagnostics.map(({ code }) => code).join()).toMatch(/GL012|GL013|GL111|GL112/);
    for (const { range } of diagnostics) expect(range.start.line).toBeGreaterThanOrEqual(6);
    expect((await hover(client, { line: 1, character: 10 }))?.contents.value).toContain('≈ 6.909');
    expect(client.process.exitCode).toBeNull();
    const lines = runaway(body).split('\n').length;
    client.change(URI, 2, [
      {
        range: { start: { line: 7, character: 0 }, end: { line: lines - 2, character: 0 } },
        text: '  return x * x;\n',
      },
    ]);
    expect((await hover(client, position))?.contents.value).toContain('∂runaway/∂x = 2·x = 2');
  });
});

describe('bad messages', () => {
  test.each([
    ['a document that is not open', { textDocument: { uri: 'file:///nowhere.ts' }, position: NAME }],
    ['a position past the end', { textDocument: { uri: URI }, position: { line: 999, character: 999 } }],
    ['a negative position', { textDocument: { uri: URI }, position: { line: -1, character: -1 } }],
  ])('%s', async (_, params) => {
    const client = await server.start();
    client.open(URI, TUTORIAL);
    expect(await client.request('textDocument/hover', params)).toBeNull();
    expect(await hover(client)).not.toBeNull();
  });

  test('parameters that are none are an error, and no end', async () => {
    const client = await server.start();
    client.open(URI, TUTORIAL);
    await expect(client.request('textDocument/hover', {})).rejects.toThrow();
    await expect(client.request('gradlens/panelModel', null)).rejects.toThrow();
    expect(await hover(client)).not.toBeNull();
  });
});
