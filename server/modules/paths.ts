/**
 * Files are named by URIs with nothing encoded in them (`file:///home/me/a b.ts`), on every platform and for every
 * scheme: so that joining is joining of text, and a file has one name.
 */

/** From an LSP document's URI. */
export function idOfUri(uri: string): string {
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    // A `%` that encodes nothing: the text is meant as it stands.
  }
  // VS Code writes a drive's letter small, others do not.
  return decoded.replace(/^file:\/\/\/([A-Za-z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`);
}

export function uriOfId(id: string): string {
  const { root, path } = split(id);
  return root + path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%40/g, '@').replace(/%2B/g, '+');
}

/** `file:///home/a` as `file://` and `/home/a`. */
function split(id: string): { root: string; path: string } {
  const match = /^[A-Za-z][\w+.-]*:\/\/[^/]*/.exec(id);
  const root = match?.[0] ?? '';
  return { root, path: id.slice(root.length) };
}

export function schemeOf(id: string): string {
  return /^([A-Za-z][\w+.-]*):/.exec(id)?.[1] ?? '';
}

/** What a program is told of its own place. */
export function plainPath(id: string): string {
  const { path } = split(id);
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

export function directoryOf(id: string): string {
  const { root, path } = split(id);
  const at = path.lastIndexOf('/');
  return root + (at <= 0 ? '/' : path.slice(0, at));
}

export function baseName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** `relative` (with `/`, `./`, `../`) as seen from a folder. */
export function join(folder: string, relative: string): string {
  const { root, path } = split(folder);
  const parts = relative.startsWith('/') ? [] : path.split('/').filter((part) => part !== '');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${root}/${parts.join('/')}`;
}

/** A folder and those around it, innermost first. */
export function* ancestors(folder: string): IterableIterator<string> {
  for (let at = folder; ; ) {
    yield at;
    const up = directoryOf(at);
    if (up === at || at.endsWith(':///')) return;
    at = up;
  }
}

/** The extension with its dot, small: `.d.ts` as such. */
export function extensionOf(id: string): string {
  const name = baseName(id).toLowerCase();
  if (/\.d\.[cm]?ts$/.test(name)) return /\.d\.[cm]?ts$/.exec(name)![0];
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at);
}
