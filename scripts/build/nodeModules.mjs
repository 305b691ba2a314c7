// @ts-check
// Writes what Node's own modules have: their functions and objects, by name.   node scripts/build/nodeModules.mjs
import fs from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../lib/process.mjs';

const require = createRequire(import.meta.url);
// Tables of numbers, what is on its way out, and what must not be loaded.
const LEFT_OUT = /^_|^(?:constants|sys|punycode|wasi|trace_events|repl|inspector|domain)(?:\/|$)/;

/** @param {string} name */
function line(name) {
  const module = require(`node:${name}`);
  /** @type {{ [type: string]: string[] }} */
  const members = { function: [], object: [] };
  for (const key of Object.keys(module).sort()) {
    if (key === 'default' || !/^[A-Za-z]\w*$/.test(key)) continue;
    const value = Object.getOwnPropertyDescriptor(module, key)?.value;
    if (value !== null) members[typeof value]?.push(key);
  }
  const functions = members['function']?.join(' ') ?? '';
  const objects = members['object']?.join(' ') ?? '';
  return `  '${name}': ['${functions}', '${objects}'],\n`;
}

const text = `// Written by scripts/build/nodeModules.mjs.
/** Of each module of Node's own: its functions, and its objects. */
export const MEMBERS: { readonly [name: string]: readonly [functions: string, objects: string] } = {
${builtinModules
  .filter((name) => !LEFT_OUT.test(name))
  .map(line)
  .join('')}};
`;
fs.writeFileSync(path.join(root, 'core/evaluate/modules/members.generated.ts'), text);
