/** Paths of numbers in arguments and results, in the text form of requests: `1.2`, `0["a.b"]`, `this.x`, `$0.x`. */

export type Path = readonly (string | number)[];

/** `` for the whole. */
export function pathText(path: Path): string {
  let text = '';
  path.forEach((key, i) => {
    const name = String(key);
    if (name === '' || /[."]/.test(name)) text += `[${JSON.stringify(name)}]`;
    else text += i === 0 ? name : `.${name}`;
  });
  return text;
}

/** The text form that answers use, of one that may have more brackets and escapes than it needs; itself where it is none. */
export function canonical(text: string): string {
  const keys: string[] = [];
  let rest = text;
  while (rest !== '') {
    const quoted = /^\["(?:[^"\\]|\\.)*"\]/.exec(rest)?.[0];
    if (quoted !== undefined) {
      try {
        keys.push(JSON.parse(quoted.slice(1, -1)) as string);
      } catch {
        return text;
      }
      rest = rest.slice(quoted.length);
      continue;
    }
    const plain = /^\.?((?:[^.[]|\[(?!"))+)/.exec(rest);
    if (plain === null || plain[0].startsWith('.') !== keys.length > 0) return text;
    keys.push(plain[1]!);
    rest = rest.slice(plain[0].length);
  }
  return pathText(keys);
}
