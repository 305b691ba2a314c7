import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';

/**
 * A Program as text, for tests and for people:
 *
 *   f(%0 x: number) → number
 *     %1 = constant 2
 *     %2 = mul %0 %1
 *     yield %2
 */
export function printProgram(program: Program): string {
  return program.functions
    .map((f, i) => (i === program.entry ? 'entry ' : '') + printFunction(f, program.functions))
    .join('\n\n');
}

export function printFunction(f: ProgramFunction, functions: readonly ProgramFunction[] = []): string {
  const parameters = f.parameters.map((p) => `%${p.id} ${p.name}: ${p.typed ?? p.type}`).join(', ');
  const results = f.results.map((r) => [...r.path, r.type].join('.')).join(', ');
  return [`${f.name}(${parameters}) → ${results}`, ...blockLines(f, f.body, functions, '  ')].join('\n');
}

function list(ids: readonly ValueId[]): string {
  return ids.map((id) => `%${id}`).join(' ');
}

function blockLines(
  f: ProgramFunction,
  block: Block,
  functions: readonly ProgramFunction[],
  indent: string,
): string[] {
  const lines = block.instructions.flatMap((i) => instructionLines(f, i, functions, indent));
  return [...lines, `${indent}yield ${list(block.results)}`.trimEnd()];
}

function instructionLines(
  f: ProgramFunction,
  instruction: Instruction,
  functions: readonly ProgramFunction[],
  indent: string,
): string[] {
  const inner = (block: Block) => blockLines(f, block, functions, `${indent}  `);
  const defines = (ids: readonly ValueId[], text: string) => {
    const names = ids.map((id) => f.names.get(id)).filter((name) => name !== undefined);
    const comment = names.length > 0 ? `  ; ${names.join(' ')}` : '';
    return `${indent}${ids.length > 0 ? `${list(ids)} = ` : ''}${text}${comment}`;
  };
  switch (instruction.kind) {
    case 'constant': {
      const { value } = instruction;
      return [defines([instruction.id], `constant ${Object.is(value, -0) ? '-0' : value}`)];
    }
    case 'op':
      return [defines([instruction.id], `${instruction.op} ${list(instruction.args)}`)];
    case 'if':
      return [
        defines(instruction.ids, `if %${instruction.condition}`),
        ...inner(instruction.then),
        `${indent}else`,
        ...inner(instruction.else),
      ];
    case 'loop':
      return [
        defines(instruction.ids, `loop ${list(instruction.parameters)} from ${list(instruction.initial)}`),
        ...inner(instruction.test),
        `${indent}do`,
        ...inner(instruction.body),
      ];
    case 'call': {
      const name = functions[instruction.function]?.name ?? `#${instruction.function}`;
      return [defines(instruction.ids, `call ${name} ${list(instruction.args)}`)];
    }
    case 'alloc':
      return [
        defines(
          [instruction.id],
          `alloc ${instruction.typed ?? ''} %${instruction.length}`.replace('  ', ' '),
        ),
      ];
    case 'load':
      return [defines([instruction.id], `load %${instruction.buffer}[%${instruction.index}]`)];
    case 'store':
      return [`${indent}store %${instruction.buffer}[%${instruction.index}] %${instruction.value}`];
    case 'length':
      return [defines([instruction.id], `length %${instruction.buffer}`)];
    case 'push':
      return [`${indent}push ${instruction.stack} %${instruction.value}`];
    case 'pop':
      return [defines([instruction.id], `pop ${instruction.stack}`)];
    case 'throw':
      return [`${indent}throw ${JSON.stringify(instruction.message)}`];
  }
}
