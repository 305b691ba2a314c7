/** Lines of a byte stream: split at newlines alone, since a JSON text may contain any other separator. */

/** Bytes of a line; what is longer is not kept. */
const LONGEST = 256 * 1024 * 1024;

export type Line = { readonly text: string } | { readonly problem: string };

/** The last line counts without its newline too, where there is anything in it. */
export async function* linesOf(
  input: AsyncIterable<Uint8Array | string>,
  longest = LONGEST,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (): Line => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const tooLong = size > longest;
    parts = [];
    size = 0;
    if (tooLong) return { problem: `A line of more than ${longest} bytes.` };
    try {
      return { text: decoder.decode(bytes) };
    } catch {
      return { problem: 'Not UTF-8.' };
    }
  };
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size <= longest) parts.push(part);
    else parts = [];
  };
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      keep(bytes.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
  }
  if (size > 0) yield take();
}
