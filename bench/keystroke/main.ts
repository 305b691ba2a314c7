/**
 * From a key to a hover that has seen it, beside an echo server and TypeScript's own servers, all in one run, taking
 * turns key by key; cold start; memory.
 *
 *   npm run bench -- keystroke [--keys 1000] [--sizes 1000,10000,50000] [--pause 0] [--only gradlens,echo]
 *                                  [--memory 60]
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LspClient } from '../../test/server/lspClient.ts';
import { installed } from '../installed.ts';
import { type BenchFile, benchFile } from './files.ts';

const { values: flags } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000' },
    sizes: { type: 'string', default: '1000,10000,50000' },
    pause: { type: 'string', default: '0' },
    only: { type: 'string' },
    memory: { type: 'string', default: '60' },
    starts: { type: 'string', default: '20' },
  },
});

const root = process.cwd();
const cache = path.join(root, '.cache', 'bench');
const node = process.execPath;

interface Contestant {
  readonly name: string;
  start(cwd: string): LspClient;
  readonly initializationOptions?: unknown;
  /** It works on after its answer: others would be timed beside it. It is halted while it is not its turn. */
  readonly heavy?: true;
}

const servers: readonly Contestant[] = [
  {
    name: 'gradlens',
    start: () => new LspClient(node, [path.join(root, 'dist/server.node.js'), '--stdio']),
    initializationOptions: { commands: true },
  },
  {
    name: 'gradlens (IPC)',
    start: () =>
      new LspClient(node, [path.join(root, 'dist/server.node.js'), '--node-ipc'], { transport: 'ipc' }),
    initializationOptions: { commands: true },
  },
  { name: 'echo', start: () => new LspClient(node, [path.join(cache, 'echoServer.mjs'), '--stdio']) },
  {
    name: 'echo (IPC)',
    start: () =>
      new LspClient(node, [path.join(cache, 'echoServer.mjs'), '--node-ipc'], { transport: 'ipc' }),
  },
  {
    name: 'typescript-language-server',
    heavy: true,
    start: (cwd) =>
      new LspClient(
        node,
        [path.join(cache, 'node_modules/typescript-language-server/lib/cli.mjs'), '--stdio'],
        {
          cwd,
        },
      ),
    initializationOptions: {
      tsserver: { path: path.join(cache, 'node_modules/typescript/lib/tsserver.js') },
      disableAutomaticTypingAcquisition: true,
    },
  },
  {
    name: '@vtsls/language-server',
    heavy: true,
    start: (cwd) =>
      new LspClient(node, [path.join(cache, 'node_modules/@vtsls/language-server/bin/vtsls.js'), '--stdio'], {
        cwd,
      }),
  },
];
const chosen = servers.filter(
  ({ name }) => flags.only === undefined || flags.only.split(',').some((word) => name.startsWith(word)),
);

/** Servers to compare with. */
function installOthers(): void {
  fs.mkdirSync(cache, { recursive: true });
  if (chosen.some(({ name }) => name.includes('language-server')))
    installed(root, path.join('.cache', 'bench'), [
      'typescript@5.9',
      'typescript-language-server@5',
      '@vtsls/language-server@0.3',
    ]);
}

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
const ms = (value: number): string => value.toFixed(1).padStart(8);

interface Running {
  readonly contestant: Contestant;
  readonly client: LspClient;
  readonly uri: string;
  version: number;
  readonly times: number[];
  stale: number;
}

/** A process and all its children, with their resident memory in KiB. */
function family(root: number): { readonly pid: number; readonly rss: number }[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const members = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of table) {
      if (!members.has(parent) || members.has(child)) continue;
      members.add(child);
      grown = true;
    }
  }
  return table.filter(([pid]) => members.has(pid)).map(([pid, , rss]) => ({ pid, rss }));
}

const families = new Map<Running, number[]>();

function signal(running: Running, name: 'SIGSTOP' | 'SIGCONT'): void {
  let pids = families.get(running);
  if (pids === undefined) {
    pids = family(running.client.process.pid!).map(({ pid }) => pid);
    families.set(running, pids);
  }
  for (const pid of pids) process.kill(pid, name);
}

function workspace(): string {
  const folder = fs.mkdtempSync(path.join(cache, 'workspace-'));
  fs.writeFileSync(
    path.join(folder, 'tsconfig.json'),
    '{"compilerOptions":{"strict":true},"include":["*.ts"]}',
  );
  return folder;
}

async function begin(contestant: Contestant, file: BenchFile, folder: string): Promise<Running> {
  const filePath = path.join(folder, 'bench.ts');
  fs.writeFileSync(filePath, file.text);
  const uri = `file://${filePath}`;
  const client = contestant.start(folder);
  await client.initialize(contestant.initializationOptions);
  client.open(uri, file.text);
  return { contestant, client, uri, version: 1, times: [], stale: 0 };
}

async function hover(running: Running, file: BenchFile): Promise<string> {
  const answer = await running.client.request('textDocument/hover', {
    textDocument: { uri: running.uri },
    position: file.name,
  });
  return JSON.stringify(answer);
}

/**
 * Types over the last digits of the constant, so that no text comes back, asks for the hover at once, and times the
 * answer.
 */
async function key(
  running: Running,
  file: BenchFile,
  n: number,
  before: Map<Running, string>,
): Promise<void> {
  const { key: at } = file;
  const digits = (i: number): string => (i < 0 ? '' : String(i + 1));
  const end = { line: at.line, character: at.character + digits(n - 1).length };
  const change = { range: { start: at, end }, text: digits(n) };
  const start = performance.now();
  running.client.change(running.uri, ++running.version, [change]);
  const answer = await hover(running, file);
  running.times.push(performance.now() - start);
  // Ours and the echo must have seen the key: the answer differs from the one before.
  if (answer === before.get(running)) running.stale++;
  before.set(running, answer);
}

async function keystrokes(lines: number): Promise<void> {
  const file = benchFile(lines);
  const folder = workspace();
  const running: Running[] = [];
  try {
    for (const contestant of chosen) {
      const one = await begin(contestant, file, folder);
      await hover(one, file);
      running.push(one);
    }
    const before = new Map<Running, string>();
    const keys = Number(flags.keys);
    const warm = Math.min(50, keys);
    for (let n = 0; n < keys + warm; n++) {
      if (n === warm) for (const one of running) one.times.length = 0;
      for (const one of shuffled(running)) {
        if (one.contestant.heavy) signal(one, 'SIGCONT');
        await key(one, file, n, before);
        await new Promise((resolve) => setTimeout(resolve, Number(one.contestant.heavy ? 20 : flags.pause)));
        if (one.contestant.heavy) signal(one, 'SIGSTOP');
      }
    }
    console.log(`\n${lines} lines, ${keys} keys          p50      p90      p99      max   [ms]`);
    for (const one of running) {
      const sorted = [...one.times].sort((a, b) => a - b);
      const row = [0.5, 0.9, 0.99, 1].map((q) => ms(quantile(sorted, q))).join(' ');
      const note = /gradlens|echo/.test(one.contestant.name) && one.stale > 0 ? `  ${one.stale} stale` : '';
      console.log(`${one.contestant.name.padEnd(28)}${row}${note}`);
    }
    for (const transport of ['', ' (IPC)']) {
      const p99 = (name: string): number | undefined => {
        const found = running.find((one) => one.contestant.name === name + transport);
        return (
          found &&
          quantile(
            [...found.times].sort((a, b) => a - b),
            0.99,
          )
        );
      };
      const [ours, echo] = [p99('gradlens'), p99('echo')];
      if (ours !== undefined && echo !== undefined)
        console.log(`p99 above the echo's${transport}: ${(ours - echo).toFixed(1)} ms`);
    }
  } finally {
    for (const one of running) {
      if (families.has(one)) signal(one, 'SIGCONT');
      one.client.kill();
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Spawn to initialize, and on to the first hover. Medians. */
async function coldStarts(): Promise<void> {
  const file = benchFile(1000);
  console.log(`\ncold start, 1000 lines, median of ${flags.starts}     initialize    first hover   [ms]`);
  for (const contestant of chosen) {
    const initialized: number[] = [];
    const hovered: number[] = [];
    const folder = workspace();
    for (let i = 0; i < Number(flags.starts); i++) {
      const start = performance.now();
      const client = contestant.start(folder);
      await client.initialize(contestant.initializationOptions);
      initialized.push(performance.now() - start);
      const uri = `file://${path.join(folder, 'bench.ts')}`;
      client.open(uri, file.text);
      let answer: unknown = null;
      while (answer === null)
        answer = await client.request('textDocument/hover', { textDocument: { uri }, position: file.name });
      hovered.push(performance.now() - start);
      client.kill();
      await client.exited;
    }
    fs.rmSync(folder, { recursive: true, force: true });
    const median = (times: number[]): number =>
      quantile(
        times.sort((a, b) => a - b),
        0.5,
      );
    console.log(`${contestant.name.padEnd(44)}${ms(median(initialized))}       ${ms(median(hovered))}`);
  }
}

/** Resident memory of a process and all its children, in MB. */
const residentMemory = (pid: number): number => family(pid).reduce((sum, { rss }) => sum + rss / 1024, 0);

async function memory(lines: number): Promise<void> {
  const file = benchFile(lines);
  const folder = workspace();
  const running = await Promise.all(chosen.map((contestant) => begin(contestant, file, folder)));
  try {
    await Promise.all(running.map((one) => hover(one, file)));
    await new Promise((resolve) => setTimeout(resolve, Number(flags.memory) * 1000));
    const sizes = running.map(
      (one) => `${one.contestant.name} ${residentMemory(one.client.process.pid!).toFixed(0)}`,
    );
    console.log(`${String(lines).padStart(6)} lines: ${sizes.join(', ')}`);
  } finally {
    for (const one of running) one.client.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

installOthers();
const sizes = flags.sizes.split(',').map(Number);
if (Number(flags.keys) > 0) for (const lines of sizes) await keystrokes(lines);
if (Number(flags.starts) > 0) await coldStarts();
if (Number(flags.memory) > 0) {
  console.log(`\nresident memory ${flags.memory} s after the first hover [MB]`);
  for (const lines of sizes) await memory(lines);
}
process.exit(0);
