/** GradBench's protocol: a message a line on standard input, a response a line on standard output. */
import readline from 'node:readline';

interface Runs {
  readonly min_runs?: number;
  readonly min_seconds?: number;
}

/** A function at one input: `run` is what is timed, `answer` makes of what it returned the JSON that is expected. */
export interface Prepared {
  run(): unknown;
  answer?(result: never): unknown;
}

/** A function of a module of GradBench's. */
export type Entry = (input: never) => Prepared;

export interface Definition {
  readonly functions: Readonly<Record<string, Entry>>;
  readonly timings: readonly Timing[];
}

interface Timing {
  readonly name: string;
  readonly nanoseconds: number;
}

interface Message {
  readonly id: number;
  readonly kind: string;
  readonly module: string;
  readonly function: string;
  readonly input: unknown;
}

/** Answers until the input ends. `define` makes a module ready; it throws where there is none. */
export async function serve(define: (module: string) => Promise<Definition>): Promise<void> {
  const definitions = new Map<string, Definition>();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const message = JSON.parse(line) as Message;
    const answer = await respond(message, definitions, define).catch((error: unknown) => ({
      success: false,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
    process.stdout.write(`${JSON.stringify({ id: message.id, ...answer })}\n`);
  }
}

async function respond(
  message: Message,
  definitions: Map<string, Definition>,
  define: (module: string) => Promise<Definition>,
): Promise<object> {
  switch (message.kind) {
    case 'start':
      return { tool: 'gradlens' };
    case 'define': {
      const definition = await define(message.module);
      definitions.set(message.module, definition);
      return { success: true, timings: definition.timings };
    }
    case 'evaluate': {
      const entry = definitions.get(message.module)?.functions[message.function];
      if (entry === undefined) throw new Error(`No function '${message.function}' in '${message.module}'.`);
      return { success: true, ...evaluate(entry(message.input as never), message.input) };
    }
    default:
      return {};
  }
}

/** As often as is asked for and for as long; an input that is no object asks for once. */
function evaluate(prepared: Prepared, input: unknown): { output: unknown; timings: Timing[] } {
  const { min_runs: runs = 1, min_seconds: seconds = 0 } = Object(input) as Runs;
  const timings: Timing[] = [];
  let total = 0;
  let result: unknown;
  do {
    const start = process.hrtime.bigint();
    result = prepared.run();
    const nanoseconds = Number(process.hrtime.bigint() - start);
    timings.push({ name: 'evaluate', nanoseconds });
    total += nanoseconds;
  } while (timings.length < runs || total < seconds * 1e9);
  return { output: prepared.answer ? prepared.answer(result as never) : result, timings };
}
