export { type Dual, duals } from './algebras/duals.ts';
export { NUMBERS } from './algebras/numbers.ts';
export { ONE_SIDED } from './algebras/oneSided.ts';
export { approaching, limitOf, type Series, slopeOf } from './algebras/series.ts';
export { PRECEDENCE } from './define.ts';
export { OPCODE, OPERATIONS, type Operation } from './names.ts';
export {
  ADD,
  DIV,
  MUL,
  type NumericPartial,
  partialA,
  partialB,
  partialOf,
  partialsOf,
  SUB,
  secondPartialOf,
  valueOf,
} from './numeric.ts';
export type { Algebra, Kink, Notation, NumberType, Row, Slope, Table } from './row.ts';
export { nameOf, ROWS, rowOf, TABLE } from './table.ts';
