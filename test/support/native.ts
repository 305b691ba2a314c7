/** A file of a project as Node runs it: bundled with what it imports, TypeScript's types removed. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { hostValue, type Lookup } from './encoding.ts';

export interface NativeModule {
  /** An exported or top-level name. */
  readonly lookup: Lookup;
  /** The same module, as before its first call. */
  fresh(): NativeModule;
  /** Calls what a dotted name stands for, as the command line reads it. */
  call(name: string, args: readonly EncodedValue[], receiver?: EncodedValue): Called;
}

export interface Called {
  readonly result: unknown;
  /** The arguments as the call has left them. */
  readonly args: readonly unknown[];
}

const LOADERS: { readonly [extension: string]: esbuild.Loader } = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
};

/** `names`: what is asked for besides the exports. */
export function loadNative(file: string, names: readonly string[]): NativeModule {
  const text = fs.readFileSync(file, 'utf8');
  const wanted = [...new Set(names.map((n) => n.split('.')[0]!))].filter(
    (n) => /^[\w$]+$/.test(n) && n !== 'default',
  );
  const table = wanted.map((n) => `${n}: typeof ${n} === 'undefined' ? undefined : ${n}`);
  const { outputFiles } = esbuild.buildSync({
    stdin: {
      contents: `${text}\n;globalThis.__names = { ${table.join(', ')} };`,
      sourcefile: file,
      resolveDir: path.dirname(file),
      loader: LOADERS[path.extname(file)] ?? 'js',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
    logLevel: 'silent',
  });
  return evaluated(outputFiles[0]!.text);
}

const SILENT = new Proxy({}, { get: () => () => {} });

function evaluated(code: string): NativeModule {
  const scope: { __names?: Record<string, unknown> } = {};
  const module: { exports: unknown } = { exports: {} };
  new Function('globalThis', 'module', 'exports', 'require', 'console', code)(
    scope,
    module,
    module.exports,
    createRequire(import.meta.url),
    SILENT,
  );
  const own = scope.__names ?? {};
  const exported = module.exports as Record<string, unknown>;
  const lookup: Lookup = (name) => {
    if (name === 'default') return typeof exported === 'function' ? exported : exported['default'];
    return (
      own[name] ?? exported[name] ?? (exported['default'] as Record<string, unknown> | undefined)?.[name]
    );
  };
  return {
    lookup,
    fresh: () => evaluated(code),
    call(name, args, receiver) {
      const [head, ...keys] = name.split('.');
      let owner: unknown;
      let value = lookup(head!);
      for (const key of keys) {
        const from = value as { readonly [key: string]: unknown };
        owner = from;
        // A class's methods are asked for by its name.
        value = typeof from[key] === 'function' ? from[key] : (from['prototype'] as typeof from)[key];
      }
      const made = args.map((a) => hostValue(a, lookup));
      const self = receiver === undefined ? owner : hostValue(receiver, lookup);
      const result = (value as (...a: unknown[]) => unknown).apply(self, made);
      return { result, args: made };
    },
  };
}
