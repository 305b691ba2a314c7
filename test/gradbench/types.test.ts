/** What is generated passes the type checker at its strictest, together with what imports it. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { derivatives } from '../../bench/gradbench/derivatives.mjs';
import { generate } from '../../bench/gradbench/generate.mjs';

const folder = path.resolve('.cache', 'gradbench', `types-${process.pid}`);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the derivatives are of the types that their users declare', async () => {
  for (const stages of Object.values(derivatives)) await generate(folder, stages);
  const modules = path.join(folder, 'modules');
  const files = fs.readdirSync(modules).map((file) => path.join(modules, file));
  expect(files.length).toBeGreaterThan(12);
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  // A derivative takes all parameters of its primal, also those that it has no use for.
  const strict = { ...options, noUnusedParameters: false, noEmit: true, types: ['node'] };
  const program = ts.createProgram(files, strict);
  expect(program.getSourceFiles().filter(({ fileName }) => fileName.includes('/generated/')).length).toBe(25);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});
