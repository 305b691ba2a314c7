/**
 * How long generated code is, and how much it records, beside what Tapenade's authors published for the same objectives.
 *   npm run bench -- readability [--json FILE]
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({ options: { json: { type: 'string' } } });

interface Counts {
  /** Lines of code: neither blank nor comment. */
  readonly lines: number;
  /** Places in the text that record a value for the reverse sweep. */
  readonly pushes: number;
}

/**
 * microsoft/ADBench at 38cb7931, src/cpp/modules/tapenade/NAME/NAME_b_tapenade_generated.c (hand: hand_d_…, tangents):
 * lines that are neither blank nor begin as comments, and calls of push… .
 */
const TAPENADE: Readonly<Record<string, Counts>> = {
  gmm: { lines: 378, pushes: 7 },
  ba: { lines: 283, pushes: 4 },
  lstm: { lines: 285, pushes: 13 },
  'hand tracking': { lines: 620, pushes: 0 },
};

/** The same derivatives of the same objectives; hand tracking's with and without correspondences. */
const OURS: Readonly<
  Record<string, readonly (readonly [file: string, of: string, kind: string, wrt: string])[]>
> = {
  gmm: [['gmm', 'logPosterior', 'gradient', 'alpha, mu, q, l']],
  ba: [
    ['ba', 'reprojectionError', 'vjp', 'camera, point, w'],
    ['ba', 'weightError', 'gradient', 'w'],
  ],
  lstm: [['lstm', 'lstmLoss', 'gradient', 'main, extra']],
  'hand tracking': [
    ['ht', 'vertexErrors', 'jvp', 'theta'],
    ['ht', 'surfaceErrors', 'jvp', 'theta, u'],
  ],
};

function counted(code: string): Counts {
  const lines = code.split('\n').filter((line) => !/^\s*(?:$|\/\/|\/\*|\*)/.test(line));
  const arrays = new Set(code.match(/\b\w*[tT]ape\d*(?= = new )/g) ?? []);
  const records = (line: string): boolean => {
    const stored = /^\s*(\w+)\[.*\]!? = /.exec(line)?.[1];
    return line.includes('.push(') || (stored !== undefined && arrays.has(stored));
  };
  return { lines: lines.length, pushes: lines.filter(records).length };
}

function generated([file, of, kind, wrt]: readonly [string, string, string, string]): string {
  const source = path.join('bench', 'gradbench', 'objectives', `${file}.ts`);
  const options = ['--kind', kind, '--wrt', wrt];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join('dist', 'cli.js'), 'generate', source, of, ...options],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const rows = Object.entries(OURS).map(([objective, parts]) => {
  const all = parts.map((part) => counted(generated(part)));
  const total = (key: keyof Counts) => all.reduce((sum, counts) => sum + counts[key], 0);
  return { objective, lines: total('lines'), pushes: total('pushes'), tapenade: TAPENADE[objective]! };
});
console.log(`${'objective'.padEnd(16)}lines   Tapenade's   pushes   Tapenade's`);
for (const { objective, lines, pushes, tapenade } of rows) {
  const cells = [String(lines).padStart(5), String(tapenade.lines).padStart(13), String(pushes).padStart(9)];
  console.log(objective.padEnd(16) + cells.join('') + String(tapenade.pushes).padStart(13));
}
if (flags.json !== undefined) fs.writeFileSync(flags.json, `${JSON.stringify(rows, undefined, 2)}\n`);
