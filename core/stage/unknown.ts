/** What the program computes with in a stage: values of the Program. */
import { Leaf } from '../evaluate/values.ts';
import type { FunctionBuilder } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';

/** An unknown, with the function of the Program whose value it is. */
export class Unknown extends Leaf {
  readonly owner: FunctionBuilder;
  private readonly mayBeUnset: boolean;
  /** Where it may be unset: whether it is there, if that is known. */
  readonly present: boolean | Leaf | undefined;
  constructor(
    type: 'number' | 'boolean',
    id: ValueId,
    owner: FunctionBuilder,
    mayBeUnset = false,
    present?: boolean | Leaf,
  ) {
    super(type, id);
    this.owner = owner;
    this.mayBeUnset = mayBeUnset;
    this.present = present;
  }
  override get hasValue(): boolean {
    return false;
  }
  override get maybeUndefined(): boolean {
    return this.mayBeUnset;
  }
}
