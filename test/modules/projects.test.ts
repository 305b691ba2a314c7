import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMONJS } from './projects/commonjs.ts';
import { ESM } from './projects/esm.ts';
import { RESOLUTION } from './projects/resolution.ts';
import { ask, type Native, native, type Project, sources, type Written, write } from './run.ts';

const GROUPS: { readonly [group: string]: { readonly [name: string]: Project } } = {
  'ES modules': ESM,
  CommonJS: COMMONJS,
  resolution: RESOLUTION,
};

const all = Object.entries(GROUPS).flatMap(([group, projects]) =>
  Object.entries(projects).map(([name, project]) => ({ group, name, project })),
);
const written = new Map<Project, Written>();
const expected = new Map<Project, Native>();

beforeAll(() => {
  for (const { project } of all) written.set(project, write(project));
  const results = native(all.map(({ project }) => ({ project, folder: written.get(project)!.folder })));
  all.forEach(({ project }, i) => {
    expected.set(project, results[i]!);
  });
}, 60_000);

afterAll(() => {
  for (const { remove } of written.values()) remove();
});

for (const group of Object.keys(GROUPS)) {
  describe(group, () => {
    for (const { name, project } of all.filter((one) => one.group === group)) {
      test(name, () => {
        const { value, slopes, error } = expected.get(project)!;
        expect(error).toBeUndefined();
        expect(value).toBeTypeOf('number');
        const { entry, call = 'f', args = [1.5] } = project;
        const answer = ask(sources(), path.join(written.get(project)!.folder, entry), call, args);
        if ('error' in answer) throw new Error(`${answer.error.id} ${answer.error.message}`);
        expect(answer.value).toEqual([value]);
        answer.jacobian[0]!.forEach((slope, i) => {
          expect(Math.abs(Number(slope) - slopes![i]!)).toBeLessThan(
            1e-7 * Math.max(1, Math.abs(slopes![i]!)),
          );
        });
      });
    }
  });
}

test('CommonJS below a package that says it has ES modules alone', () => {
  // Node refuses such a file; bundlers and people take it for what it is.
  const { folder, remove } = write({
    files: {
      'package.json': '{"type": "module"}',
      'a.js': "const { k } = require('./b'); exports.f = (x) => k * x * x;",
      'b.js': 'module.exports = { k: 3 };',
    },
  });
  const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
  remove();
  expect(answer).toMatchObject({ value: [12], jacobian: [[12]] });
});

test('a package of the workspace that has not been built is its sources', () => {
  const { folder, remove } = write({
    files: {
      'packages/app/a.ts': "import { k } from 'lib'; export const f = (x: number) => k * x;",
      'packages/lib/package.json': '{"name": "lib", "main": "dist/index.js", "types": "dist/index.d.ts"}',
      'packages/lib/src/index.ts': 'export const k = 4;',
    },
    links: [['node_modules/lib', 'packages/lib']],
  });
  const answer = ask(sources(), path.join(folder, 'packages/app/a.ts'), 'f', [2]);
  remove();
  expect(answer).toMatchObject({ value: [8], jacobian: [[4]] });
});

test('projects that a tsconfig refers to say where their specifiers lead', () => {
  const { folder, remove } = write({
    files: {
      'tsconfig.json': '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
      'tsconfig.app.json': '{"compilerOptions": {"paths": {"@/*": ["./src/lib/*"]}}}',
      'src/a.ts': "import { k } from '@/k'; export const f = (x: number) => k * x;",
      'src/lib/k.ts': 'export const k = 6;',
    },
  });
  const answer = ask(sources(), path.join(folder, 'src/a.ts'), 'f', [2]);
  remove();
  expect(answer).toMatchObject({ value: [12], jacobian: [[6]] });
});
