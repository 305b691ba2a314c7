/** The disk, as Node reads it. What was asked once is remembered until told otherwise. */
import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Files, Kind } from './files.ts';
import { idOfUri, uriOfId } from './paths.ts';

export function pathOfId(id: string): string {
  if (process.platform !== 'win32' && id.startsWith('file:///')) return id.slice('file://'.length);
  return fileURLToPath(uriOfId(id));
}

export function idOfPath(path: string): string {
  return idOfUri(pathToFileURL(path).href);
}

/** Bytes. */
const LARGEST_FILE = 50_000_000;
/** Milliseconds in which a file system may give two contents the same time. */
const SAME_TIME = 50;

/** Other than before where the content may be: just after a change each time. */
function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  const isFresh = Date.now() - Math.max(mtimeMs, ctimeMs) < SAME_TIME;
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}${isFresh ? ` ${performance.now()}` : ''}`;
}

export class Disk implements Files {
  private readonly kinds = new Map<string, Kind>();
  private readonly reals = new Map<string, string>();

  /** Files may have come or gone. */
  forget(): void {
    this.kinds.clear();
    this.reals.clear();
  }

  kind(id: string): Kind {
    const known = this.kinds.get(id);
    if (known !== undefined) return known;
    let kind: Kind = 'none';
    try {
      const found = statSync(pathOfId(id), { throwIfNoEntry: false });
      if (found?.isFile()) kind = 'file';
      else if (found?.isDirectory()) kind = 'directory';
    } catch {
      // A path that cannot be looked at is not there.
    }
    this.kinds.set(id, kind);
    return kind;
  }

  read(id: string): string | undefined {
    try {
      return readFileSync(pathOfId(id), 'utf8');
    } catch {
      return undefined;
    }
  }

  real(id: string): string {
    const known = this.reals.get(id);
    if (known !== undefined) return known;
    let real = id;
    try {
      real = idOfPath(realpathSync(pathOfId(id)));
    } catch {
      // What is not there leads nowhere else.
    }
    this.reals.set(id, real);
    return real;
  }

  stamp(id: string): string {
    try {
      const found = statSync(pathOfId(id), { throwIfNoEntry: false });
      return found === undefined ? '' : stampOf(found);
    } catch {
      return '';
    }
  }

  find(name: string): { readonly id: string; readonly stamp: string } | string {
    try {
      const found = statSync(name);
      if (!found.isFile()) return 'it is not a file';
      if (found.size > LARGEST_FILE) return 'it is too large';
      return { id: idOfPath(realpathSync(name)), stamp: stampOf(found) };
    } catch (error) {
      return (error as Error).message;
    }
  }
}
