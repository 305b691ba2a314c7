import type { Language } from '../languages/typescript/index.ts';

const BY_ID: { readonly [id: string]: Language } = {
  typescript: 'ts',
  typescriptreact: 'tsx',
  javascript: 'js',
  javascriptreact: 'jsx',
};
const BY_EXTENSION: { readonly [extension: string]: Language } = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'jsx',
};

/** By LSP's language id, else by the file's extension; TypeScript where neither is known. */
export function languageOf(id: string | undefined, path: string): Language {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return BY_ID[id ?? ''] ?? BY_EXTENSION[extension] ?? 'ts';
}
