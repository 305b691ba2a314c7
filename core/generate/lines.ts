/** Lines of generated code, two spaces a level. */

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

export function braced(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...indented(lines), '}'];
}

/** A new list of a type, which JavaScript says in a comment. */
export function emptyList(name: string, type: string, typescript: boolean): string[] {
  return typescript ? [`const ${name}: ${type} = [];`] : [`/** @type {${type}} */`, `const ${name} = [];`];
}
