/** The disk, as Node reads it. What was asked once is remembered until told otherwise. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
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
      return found === undefined ? '' : `${found.mtimeMs} ${found.size}`;
    } catch {
      return '';
    }
  }
}
