// Lowers core/evaluate/prelude/prelude.js to the core language and writes prelude.generated.ts beside it.
// usage: node scripts/build/prelude.mjs [--check]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const folder = path.resolve(import.meta.dirname, '../../core/evaluate/prelude');
const output = path.join(folder, 'prelude.generated.ts');

/** `callback.call`
 * @param {{ kind: string, key?: unknown, object?: { kind: string, name?: string } }} callee */
function isCallback(callee) {
  return callee.kind === 'member' && callee.key === 'call' && callee.object?.name === 'callback';
}

/** @returns {Promise<string>} the generated module */
export async function generate() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-prelude-'));
  try {
    const bundle = path.join(work, 'lower.cjs');
    await esbuild.build({
      entryPoints: [path.resolve(import.meta.dirname, '../../server/languages/typescript/index.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: bundle,
      logLevel: 'error',
    });
    const { lowerStatement } = (await import(pathToFileURL(bundle).href)).default;
    const text = fs.readFileSync(path.join(folder, 'prelude.js'), 'utf8');
    const { statement } = lowerStatement(text, { key: 0, language: 'js', module: 'esm' });
    if (statement.syntaxErrors.length > 0) throw new Error(JSON.stringify(statement.syntaxErrors));
    const json = JSON.stringify(statement, (key, value) => {
      if (key === 'references') return [];
      if (value?.kind === 'call' && isCallback(value.callee)) {
        // What is called back is a function, whatever `call` it may have of its own.
        const [self, ...rest] = value.arguments;
        return { ...value, callee: value.callee.object, self, arguments: rest };
      }
      // The prelude has no place that a user could be sent to.
      return key === 'span' || key === 'keySpan' || key === 'nameSpan'
        ? 0
        : key === 'shape' || key === 'returns'
          ? 1
          : value;
    });
    return [
      '// Generated from prelude.js by scripts/build/prelude.mjs: do not edit.',
      "import type { ModuleStatement } from '../../source/syntax.ts';",
      '',
      `const text =\n  ${JSON.stringify(json)};`,
      '',
      '/** The prelude, lowered. */',
      'export function prelude(): ModuleStatement {',
      '  const span = { start: 0, end: 0 };',
      "  const shape = { kind: 'unknown' };",
      '  const statement = JSON.parse(text, (key, value) =>',
      "    /^(span|keySpan|nameSpan)$/.test(key) ? span : key === 'shape' || key === 'returns' ? shape : value,",
      '  ) as ModuleStatement;',
      '  return { ...statement, references: new Set() };',
      '}',
      '',
    ].join('\n');
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const made = await generate();
  if (process.argv.includes('--check')) {
    if (fs.readFileSync(output, 'utf8') !== made) {
      console.error(
        'core/evaluate/prelude/prelude.generated.ts is not what prelude.js lowers to: run this script',
      );
      process.exit(1);
    }
  } else fs.writeFileSync(output, made);
}
