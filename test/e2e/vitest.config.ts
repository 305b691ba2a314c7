import path from 'node:path';
import { defineConfig } from 'vitest/config';

// The packaged extension in a real VS Code. One file at a time: a window needs both cores of a small machine.
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/e2e/ui/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000, interval: 200 } },
  },
});
