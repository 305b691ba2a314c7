/** The server as it is shipped, bundled once for a test file. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildServer } from '../../scripts/build.mjs';
import { type ClientOptions, LspClient } from './lspClient.ts';

export interface Built {
  /** Starts a server, initializes it unless told otherwise, and ends it with the test. */
  start(options?: ClientOptions & { readonly initialize?: boolean }): Promise<LspClient>;
  /** Path of a bundle: `server.node.js`, `cli.js`. */
  file(name: string): string;
}

/** To be called at the top of a test file. */
export function builtServer(): Built {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-test-'));
  const running: LspClient[] = [];
  beforeAll(() => buildServer(folder));
  afterEach(() => {
    for (const client of running.splice(0)) client.kill();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = (name: string): string => path.join(folder, name);
  return {
    file,
    async start(options = {}) {
      const { initialize = true, ...rest } = options;
      const flag = rest.transport === 'ipc' ? '--node-ipc' : '--stdio';
      const client = new LspClient(process.execPath, [file('server.node.js'), flag], rest);
      running.push(client);
      if (initialize) await client.initialize();
      return client;
    },
  };
}

/** Text with one `$0`, and the position that it marks. */
export function marked(text: string): { text: string; position: { line: number; character: number } } {
  const at = text.indexOf('$0');
  const before = text.slice(0, at).split('\n');
  return {
    text: text.slice(0, at) + text.slice(at + 2),
    position: { line: before.length - 1, character: before.at(-1)!.length },
  };
}
