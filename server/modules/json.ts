/** JSON as tsconfig files have it: with comments and trailing commas. */

/** undefined where it is none. */
export function parseJson(text: string): unknown {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(source);
  } catch {
    try {
      return JSON.parse(withoutComments(source));
    } catch {
      return undefined;
    }
  }
}

const TOKEN =
  /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*[}\]])/g;

function withoutComments(text: string): string {
  return text.replace(TOKEN, (token) => (token.startsWith('"') ? token : ' '));
}

export type Json = { readonly [key: string]: unknown };

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
