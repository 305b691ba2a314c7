/**
 * Building Programs.
 *
 *   const program = new ProgramBuilder();
 *   const f = program.open('f');                      // or: index = program.reserve('f'); program.open(index)
 *   const x = f.parameter({ type: 'number', name: 'x', path: [0] });   // allowed at any time, in any block
 *   const y = f.op('mul', [x, f.constant(2)]);        // folds constants, applies exact identities, shares (CSE)
 *   f.close([{ path: [], value: y }]);                // the function is complete
 *   const whole = program.finish(f.index);
 *
 * Branches. Each arm is built in a block of its own, in any order; a block that was built speculatively is dropped
 * by `discardBlock`. `if` with a known condition splices the arm taken; results equal in both arms make no φ.
 *
 *   f.openBlock(); …; const a = f.closeBlock([v]);    // Block, detached
 *   f.openBlock(); …; const b = f.closeBlock([w]);
 *   const [r] = f.if(condition, a, b);
 *
 * Loops. `openLoop` gives the values carried inside and opens the test; `loopBody` ends the test and opens the body
 * (what the test defined is visible there); `closeLoop` yields the values after the loop. Instead of `closeLoop`
 * call `discardLoop` (in the test or in the body, however many blocks are open within) and nothing has happened:
 * run the body, see what it changes, discard, open again with a longer `initial`.
 *
 *   const i = f.openLoop([zero, sum0]);               // [i, sum]: ids of the carried values inside
 *   f.loopBody(f.op('lt', [i[0], n]));
 *   const [iEnd, sum] = f.closeLoop([iNext, sumNext]);
 *
 * `mark()` and `rollback(mark)` drop everything emitted into the present function since the mark, open blocks too.
 * Constants and parameters are the function's own and survive any discarding. `constantOf(id)` is a value's known
 * constant. `call` needs the callee's result types (the callee may be recursive and not yet complete). After `throw`
 * a block is terminated (`terminated`): what is emitted further is dropped, and `closeBlock` ignores its results.
 * Functions nest: open another while one is open and each keeps its own blocks.
 *
 * Misuse (a wrong type, a value out of scope, unbalanced blocks) is a defect of the caller and throws.
 */
import { FunctionBuilder } from './functionBuilder.ts';
import type { Block, Program, ProgramFunction } from './program.ts';
import { blocksOf, withBlocks } from './walk.ts';

export type { Mark, Slot } from './frames.ts';
export { type BuilderResult, FunctionBuilder } from './functionBuilder.ts';

export class ProgramBuilder {
  private readonly functions: (ProgramFunction | undefined)[];
  private readonly names: string[] = [];

  /** Starts from the functions of a Program, whose indices stay valid; or from nothing. */
  constructor(base: readonly ProgramFunction[] = []) {
    this.functions = [...base];
    this.names = base.map((f) => f.name);
  }

  /** The index of a function yet to be built: `call` may name it at once. */
  reserve(name: string): number {
    this.functions.push(undefined);
    this.names.push(name);
    return this.functions.length - 1;
  }

  /**
   * Begins a function: a new one by name, or one reserved. `base` gives it the parameters, constants and value ids of
   * another function, whose body can then be spliced in.
   */
  open(nameOrIndex: string | number, base?: ProgramFunction): FunctionBuilder {
    const index = typeof nameOrIndex === 'string' ? this.reserve(nameOrIndex) : nameOrIndex;
    const name = this.names[index];
    if (name === undefined || this.functions[index] !== undefined)
      throw new Error(`no open function ${index}`);
    const done = (f: ProgramFunction) => {
      this.functions[index] = f;
    };
    return new FunctionBuilder(name, index, done, base);
  }

  /** Adds the functions of another Program; yields the index of the first. */
  append(functions: readonly ProgramFunction[]): number {
    const offset = this.functions.length;
    for (const f of functions) {
      this.functions.push({ ...f, body: shiftCalls(f.body, offset) });
      this.names.push(f.name);
    }
    return offset;
  }

  replace(index: number, f: ProgramFunction): void {
    this.functions[index] = f;
  }

  function(index: number): ProgramFunction | undefined {
    return this.functions[index];
  }

  finish(entry: number): Program {
    const functions = this.functions.map((f, i) => {
      if (!f) throw new Error(`function ${this.names[i]} was never closed`);
      return f;
    });
    if (!functions[entry]) throw new Error(`no function ${entry}`);
    return { functions, entry };
  }
}

function shiftCalls(block: Block, offset: number): Block {
  const instructions = block.instructions.map((i) =>
    i.kind === 'call'
      ? { ...i, function: i.function + offset }
      : withBlocks(
          i,
          blocksOf(i).map((inner) => shiftCalls(inner, offset)),
        ),
  );
  return { ...block, instructions };
}
