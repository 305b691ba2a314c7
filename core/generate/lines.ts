/** Lines of generated code, two spaces a level. */

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

export function braced(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...indented(lines), '}'];
}
