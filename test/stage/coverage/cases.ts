/** Calls of functions that people wrote: the examples, the fixtures, the files of test/styles and test/truth, npm packages. */
import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../../../core/analysis/evaluateAt.types.ts';
import type { ModuleSlice } from '../../../core/analysis/model.ts';
import { root } from '../../../scripts/lib/process.mjs';
import { Sources } from '../../../server/cli/evaluate.ts';
import { lowerFile } from '../../../server/languages/typescript/file.ts';
import * as typescript from '../../../server/languages/typescript/index.ts';
import { Disk } from '../../../server/modules/disk.node.ts';
import { Workspace } from '../../../server/modules/workspace.ts';
import { SourceDocument } from '../../../server/workspace/document.ts';
import { everything } from '../../corpus/packages/index.ts';
import { rowsOf } from '../../corpus/row.ts';
import { casesIn, FILES } from '../../styles/corpus.ts';
import { objectives } from '../../styles/objectiveCases.ts';
import { programs } from '../../truth/programs.ts';

export interface Call {
  /** `examples`, `npm culori@4.0.1` … */
  readonly group: string;
  readonly file: string;
  readonly module: () => ModuleSlice;
  readonly function: string;
  readonly arguments: Arguments;
}

const PACKAGES = path.join(root, '.cache/corpus/full');

type Open = (file: string) => SourceDocument;

/** Documents over the disk, as the command line has them. */
function opener(): Open {
  const disk = new Disk();
  const sources = new Sources(new Workspace(disk, lowerFile), disk);
  return (file) => {
    const document = sources.open(file);
    if (typeof document === 'string') throw new Error(`${file}: ${document}`);
    return document;
  };
}

function annotated(group: string, folder: string, open: Open): Call[] {
  return fs
    .readdirSync(path.join(root, folder))
    .filter((name) => /\.[jt]s(\.txt)?$/.test(name))
    .flatMap((name) => {
      const document = open(path.join(root, folder, name));
      return document.annotated().flatMap(({ target, annotation }): Call[] => {
        const sample = annotation?.samples[0];
        if (sample === undefined || target.path.length === 0) return [];
        return [
          {
            group,
            file: name,
            module: () => document.wholeModule(),
            function: target.path.join('.'),
            arguments: { kind: 'sample', sample },
          },
        ];
      });
    });
}

const fixture: Open = (file) => {
  const text = fs.readFileSync(file, 'utf8');
  return new SourceDocument(file, file.includes('.js.') ? 'js' : 'ts', 0, text, () => typescript);
};

function styles(open: Open): Call[] {
  const folders = fs.readdirSync(FILES).filter((f) => f !== 'package.json');
  return folders
    .flatMap(casesIn)
    .filter((c) => !c.flags.has('refused'))
    .map((c) => ({
      group: 'styles',
      file: c.file,
      module: () => open(path.join(FILES, c.file)).wholeModule(),
      function: c.name,
      arguments: {
        kind: 'encoded',
        args: c.args,
        ...(c.receiver === undefined ? {} : { receiver: c.receiver }),
      },
    }));
}

function floatingPoint(open: Open): Call[] {
  const folder = path.join(root, 'test/styles/floatingPoint');
  const texts = ['cancellation.js', 'formulas.cjs', 'loops.ts'].map((file) => ({
    file,
    text: fs.readFileSync(path.join(folder, file), 'utf8'),
  }));
  const rows = JSON.parse(fs.readFileSync(path.join(folder, 'references.json'), 'utf8')) as {
    readonly name: string;
    readonly args: readonly number[];
  }[];
  return rows.map(({ name, args }) => {
    const found = texts.find(({ text }) => new RegExp(`\\b(function|const) ${name}\\b`).test(text));
    const { file } = found ?? texts[0]!;
    return {
      group: 'floating point',
      file,
      module: () => open(path.join(folder, file)).wholeModule(),
      function: name,
      arguments: { kind: 'encoded', args },
    };
  });
}

function truth(): Call[] {
  return programs.flatMap(({ name, text, language, cases }) => {
    const document = new SourceDocument(`/${name}`, language, 0, text, () => typescript);
    return cases
      .filter((c) => !c.flags.has('refused'))
      .map(
        (c): Call => ({
          group: 'truth',
          file: name,
          module: () => document.wholeModule(),
          function: c.name,
          arguments: { kind: 'encoded', args: c.args },
        }),
      );
  });
}

/** Of the packages that are installed. */
function packages(open: Open): Call[] {
  return everything.flatMap(rowsOf).flatMap((row): Call[] => {
    const file = path.join(PACKAGES, row.file);
    if (!fs.existsSync(file)) return [];
    return [
      {
        group: `npm ${row.package}`,
        file: row.file,
        module: () => open(file).wholeModule(),
        function: row.function,
        arguments: {
          kind: 'encoded',
          args: row.args,
          ...(row.this === undefined ? {} : { receiver: row.this }),
          ...(row.wrt === undefined ? {} : { wrt: row.wrt }),
        },
      },
    ];
  });
}

/** Without packages it is a matter of seconds. */
export function calls(withPackages: boolean): Call[] {
  const open = opener();
  return [
    ...annotated('examples', 'examples', open),
    ...annotated('fixtures', 'test/server/fixtures', fixture),
    ...truth(),
    ...styles(open),
    ...floatingPoint(open),
    ...objectives.map(
      ({ file, name, args }): Call => ({
        group: 'objectives',
        file,
        module: () => open(path.join(root, 'test/styles/objectives', file)).wholeModule(),
        function: name,
        arguments: { kind: 'encoded', args },
      }),
    ),
    ...(withPackages ? packages(open) : []),
  ];
}
