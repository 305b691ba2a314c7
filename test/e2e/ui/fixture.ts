// What the tests in a real window share: one server and browser for a file of tests, one window for a test.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { packageIfChanged, vsixFile } from '../../../scripts/package.mjs';
import { type Release, Session, type Theme, themeSetting } from '../window.ts';
import type { Workbench } from '../workbench.ts';

export const release: Release = process.env['GRADLENS_VSCODE'] === 'oldest' ? 'oldest' : 'current';

const pictures = path.resolve('artifacts', 'screenshots');

export interface Example {
  readonly workbench: Workbench;
  /** Absolute path of the open file, a copy. */
  readonly file: string;
  readonly session: Session;
}

/** Starts a session for this file's tests; the result opens windows in it. */
export function useSession(theme: Theme = 'dark', settings: Record<string, unknown> = {}) {
  let session: Session | undefined;
  beforeAll(async () => {
    await packageIfChanged();
    session = await Session.start({
      release,
      vsix: vsixFile,
      settings: { ...themeSetting(theme, release), ...settings },
      say: console.log,
    });
  });
  afterAll(() => session?.stop());

  const current = (): Session => {
    if (session === undefined) throw new Error('the session has not started');
    return session;
  };

  /** A window on a copy of a file, closed when the test ends; a picture of it is kept if the test fails. */
  async function open(source: string, text?: string): Promise<Example> {
    const folder = current().workspace(...(text === undefined ? [source] : []));
    const file = path.join(folder, path.basename(source));
    if (text !== undefined) fs.writeFileSync(file, text);
    const workbench = await current().open({ folder, file });
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') {
        const name = `failed-${release}-${task.name.replace(/\W+/g, '-')}.png`;
        await workbench.page.screenshot({ path: path.join(pictures, name) }).catch(() => {});
      }
      await current().close(workbench);
    });
    return { workbench, file, session: current() };
  }

  return { open };
}

/** Keeps a picture as an artefact. */
export async function keepPicture({ workbench }: Example, name: string): Promise<void> {
  await workbench.page.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled' });
}

export interface Place {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Where a piece of the file's saved text begins. */
export function placeOf(file: string, piece: string, offset = 0): Place {
  const text = fs.readFileSync(file, 'utf8');
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`${file} does not contain ${JSON.stringify(piece)}`);
  const before = text.slice(0, at + offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Waits for a code lens with this title: the server has answered. */
export async function lensShown({ workbench, file }: Example, title: string | RegExp): Promise<void> {
  await workbench.lens(file, title).first().waitFor();
}

/** Selects a piece of the file's saved text. */
export async function selectPiece({ workbench, file }: Example, piece: string): Promise<void> {
  const { line, column } = placeOf(file, piece);
  await workbench.select(line, column, piece.length);
}
