/** Globs as VS Code has them: `**`, `*`, `?`, `{a,b}`, `[0-9]`; relative ones match at any workspace root. */

const cache = new Map<string, RegExp | undefined>();

/** Whether one of the globs matches the file. Globs that cannot be read match nothing. */
export function isExcluded(uri: string, roots: readonly string[], globs: readonly string[]): boolean {
  if (globs.length === 0) return false;
  const path = pathOf(uri);
  const candidates = [path.replace(/^\/+/, '')];
  for (const root of roots) {
    const base = `${pathOf(root).replace(/\/+$/, '')}/`;
    if (path.startsWith(base)) candidates.push(path.slice(base.length));
  }
  return globs.some((glob) => {
    const expression = compiled(glob);
    return expression !== undefined && candidates.some((candidate) => expression.test(candidate));
  });
}

function pathOf(uri: string): string {
  const path = uri.replace(/^[a-zA-Z][\w+.-]*:(?:\/\/[^/]*)?/, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function compiled(glob: string): RegExp | undefined {
  if (!cache.has(glob)) {
    let expression: RegExp | undefined;
    try {
      expression = new RegExp(`^${translate(glob.replace(/^\.?\//, ''))}$`);
    } catch {
      expression = undefined;
    }
    cache.set(glob, expression);
  }
  return cache.get(glob);
}

function translate(glob: string): string {
  let result = '';
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!;
    if (c === '*' && glob[i + 1] === '*') {
      i++;
      if (glob[i + 1] === '/') {
        i++;
        result += '(?:[^/]*/)*';
      } else result += '.*';
    } else if (c === '*') result += '[^/]*';
    else if (c === '?') result += '[^/]';
    else if (c === '{') {
      depth++;
      result += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      result += ')';
    } else if (c === ',' && depth > 0) result += '|';
    else if (c === '[') {
      const end = glob.indexOf(']', i + 1);
      if (end < 0) result += '\\[';
      else {
        result += `[${glob
          .slice(i + 1, end)
          .replace(/^!/, '^')
          .replace(/\\/g, '\\\\')}]`;
        i = end;
      }
    } else result += c.replace(/[\\^$.|+()]/g, '\\$&');
  }
  return result;
}
