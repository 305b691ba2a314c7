/**
 * The core language: what every front end lowers its syntax to, and the only thing the evaluator reads.
 *
 * It is small and neutral between languages. Lowering expands: parentheses and types (dropped), `switch` (to a
 * labelled block of ifs over a case index), `export`/`import` wrappers, enums and namespaces (to objects),
 * compound names. It does not resolve names: blocks and functions list what they declare, and the evaluator's
 * compiler turns names into slots.
 *
 * Every node carries a span relative to its top-level statement (see span.ts).
 */

import type { Shape } from './shape.ts';
import type { Span } from './span.ts';

interface Node {
  readonly span: Span;
}

// ───────────────────────────── expressions ─────────────────────────────

export type Expression =
  | Literal
  | Template
  | RegularExpression
  | Name
  | Member
  | SuperMember
  | This
  | NewTarget
  | Assign
  | Update
  | Call
  | Construct
  | SuperCall
  | Unary
  | Binary
  | Logical
  | Conditional
  | Sequence
  | ArrayLiteral
  | ObjectLiteral
  | FunctionExpression
  | ClassExpression
  | OptionalChain
  | Delete
  | TypeOf
  | Yield
  | Unsupported;

export interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: number | string | boolean | bigint | null | undefined;
}
/** `${…}` pieces: text[0] + ToString(values[0]) + text[1] + …; text.length === values.length + 1. */
export interface Template extends Node {
  readonly kind: 'template';
  readonly text: readonly string[];
  readonly values: readonly Expression[];
}
export interface RegularExpression extends Node {
  readonly kind: 'regexp';
  readonly pattern: string;
  readonly flags: string;
}
/**
 * A variable by name; what scope holds it is for the evaluator's compiler to say. In `#x in object` the left side is
 * the Name `#x`, which is no variable. Names that lowering makes up start with `%`; the bindings of `export default`
 * and `export =` are `default` and `export=`.
 */
export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}
/** `object.key` (key a string) or `object[key]`. Private names keep their `#`. */
export interface Member extends Node {
  readonly kind: 'member';
  readonly object: Expression;
  readonly key: string | Expression;
  /** Span of the key alone, for messages and hovers. */
  readonly keySpan: Span;
  /** `?.`: yields undefined for the whole enclosing OptionalChain when the object is null or undefined. */
  readonly optional?: true;
}
export interface SuperMember extends Node {
  readonly kind: 'superMember';
  readonly key: string | Expression;
}
export interface This extends Node {
  readonly kind: 'this';
}
export interface NewTarget extends Node {
  readonly kind: 'newTarget';
}
/** `target = value`, `target op= value`; for the logical forms the value is evaluated only where needed. */
export interface Assign extends Node {
  readonly kind: 'assign';
  readonly target: Pattern;
  /** Absent for plain `=`; present only where the target is a Name, Member or SuperMember. */
  readonly operator?: BinaryOperator | LogicalOperator;
  readonly value: Expression;
}
/** `++x`, `x--`. */
export interface Update extends Node {
  readonly kind: 'update';
  readonly operator: '++' | '--';
  readonly prefix: boolean;
  readonly target: Name | Member | SuperMember;
}
export interface Spread extends Node {
  readonly kind: 'spread';
  readonly argument: Expression;
}
export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  /** `this`, where the callee does not say it: front ends make calls of functions written out with it. */
  readonly self?: Expression;
  readonly arguments: readonly (Expression | Spread)[];
  readonly optional?: true;
}
export interface Construct extends Node {
  readonly kind: 'construct';
  readonly callee: Expression;
  readonly arguments: readonly (Expression | Spread)[];
}
export interface SuperCall extends Node {
  readonly kind: 'superCall';
  readonly arguments: readonly (Expression | Spread)[];
}
export type UnaryOperator = '+' | '-' | '!' | '~';
export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly argument: Expression;
}
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | 'in'
  | 'instanceof';
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export type LogicalOperator = '&&' | '||' | '??';
export interface Logical extends Node {
  readonly kind: 'logical';
  readonly operator: LogicalOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly else: Expression;
}
/** `a, b, c`; `void e` is a sequence of e and undefined. */
export interface Sequence extends Node {
  readonly kind: 'sequence';
  readonly expressions: readonly Expression[];
}
export interface ArrayLiteral extends Node {
  readonly kind: 'array';
  /** null is a hole. */
  readonly elements: readonly (Expression | Spread | null)[];
  /** The raw texts, where these are the strings of a tagged template: frozen, and one object however often it runs. */
  readonly raw?: readonly string[];
}
export type ObjectMember =
  /** `__proto__: value`. */
  | (Node & { readonly kind: 'prototype'; readonly value: Expression })
  /** A plain data property, whatever its key. */
  | (Node & { readonly kind: 'property'; readonly key: string | Expression; readonly value: Expression })
  | (Node & {
      readonly kind: 'method' | 'getter' | 'setter';
      readonly key: string | Expression;
      readonly value: FunctionExpression;
    })
  | Spread;
export interface ObjectLiteral extends Node {
  readonly kind: 'object';
  readonly members: readonly ObjectMember[];
}
export interface FunctionExpression extends Node {
  readonly kind: 'function';
  readonly function: FunctionNode;
}
export interface ClassExpression extends Node {
  readonly kind: 'class';
  readonly name?: string | undefined;
  readonly nameSpan?: Span | undefined;
  readonly parent?: Expression | undefined;
  /** Absent: the default constructor. */
  readonly constructor?: FunctionNode | undefined;
  readonly members: readonly ClassMember[];
  /** Its source text, where that is what `toString` gives. */
  readonly text?: string;
}
export interface ClassMember extends Node {
  /** 'block' is a static block: a function of no parameters run with `this` = the class. */
  readonly kind: 'method' | 'getter' | 'setter' | 'field' | 'block';
  readonly static: boolean;
  /** Private names keep their `#`. Empty for a static block. */
  readonly key: string | Expression;
  /** The method or accessor; for a field its initialiser as a function of no parameters, or undefined. */
  readonly value?: FunctionNode | undefined;
  /** A field that leaves what is there already as it is. */
  readonly keeps?: true;
}
/** Bounds what a `?.` inside cuts short. */
export interface OptionalChain extends Node {
  readonly kind: 'chain';
  readonly expression: Expression;
}
export interface Delete extends Node {
  readonly kind: 'delete';
  readonly target: Expression;
}
/** `typeof e`; an undeclared Name gives "undefined". */
export interface TypeOf extends Node {
  readonly kind: 'typeof';
  readonly argument: Expression;
}
export interface Yield extends Node {
  readonly kind: 'yield';
  readonly argument?: Expression | undefined;
  readonly delegate: boolean;
}
/** A construct we cannot follow. Evaluating it yields poison that says so; not reaching it does no harm. */
export interface Unsupported extends Node {
  readonly kind: 'unsupported';
  readonly problem: 'GL010' | 'GL011' | 'GL111' | 'GL114';
  /** A full message for the user: what it is and what to write instead. */
  readonly message: string;
  /** It would do more than give a value: evaluating it ends the evaluation. */
  readonly ends?: true;
}

// ───────────────────────────── patterns ─────────────────────────────

/** What can be bound or assigned to: a place, or a destructuring of it. */
export type Pattern = Name | Member | SuperMember | ArrayPattern | ObjectPattern | Unsupported;
export interface PatternElement extends Node {
  readonly target: Pattern;
  readonly default?: Expression | undefined;
}
export interface ArrayPattern extends Node {
  readonly kind: 'arrayPattern';
  /** null skips an element. */
  readonly elements: readonly (PatternElement | null)[];
  readonly rest?: Pattern | undefined;
}
export interface ObjectPattern extends Node {
  readonly kind: 'objectPattern';
  readonly properties: readonly (PatternElement & { readonly key: string | Expression })[];
  readonly rest?: Pattern | undefined;
}

// ───────────────────────────── functions ─────────────────────────────

export interface Parameter extends PatternElement {
  readonly rest: boolean;
  /** The name as the user would say it (`x`; for a destructured parameter undefined, then `#2`). */
  readonly name?: string | undefined;
  /** `x?: number`. */
  readonly optional: boolean;
  /** From the declared type (or JSDoc); 'unknown' where there is none. */
  readonly shape: Shape;
}
export interface FunctionNode extends Node {
  /** Its own name, bound inside it where it is an expression; none of arrow functions, methods and accessors. */
  readonly name?: string | undefined;
  readonly nameSpan?: Span | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: Block;
  /** `var`s of the body (parameters and functions not repeated), hoisted. */
  readonly vars: readonly string[];
  /** Arrow functions have no `this`, `arguments`, `super`, `new.target` of their own. */
  readonly arrow: boolean;
  readonly strict: boolean;
  readonly generator: boolean;
  readonly async: boolean;
  readonly usesArguments: boolean;
  readonly usesThis: boolean;
  /** A constructor of a class with `extends`. */
  readonly derived?: true;
  /**
   * A variable of its own that holds an object: names from outside of the function mean that object's properties, where
   * it has them (the parts of a TypeScript namespace share what they export).
   */
  readonly members?: string;
  /** Its source text, where that is what `toString` gives. */
  readonly text?: string;
  /** Shape of the declared return type. */
  readonly returns: Shape;
}

// ───────────────────────────── statements ─────────────────────────────

export type Statement =
  | ExpressionStatement
  | Declare
  | Block
  | If
  | Loop
  | ForOf
  | ForIn
  | Labelled
  | Return
  | Break
  | Continue
  | Throw
  | Try
  | Suspend
  | UnsupportedStatement;

export interface ExpressionStatement extends Node {
  readonly kind: 'expression';
  readonly expression: Expression;
}
/** Initialises a declared pattern: `const {a, b} = e`. A `let x;` has the value undefined; `var x;` is dropped. */
export interface Declare extends Node {
  readonly kind: 'declare';
  readonly mode: 'const' | 'let' | 'var' | 'class';
  readonly target: Pattern;
  readonly value: Expression;
  readonly shape: Shape;
  /** The target is the function's variable, whatever blocks between have of that name (ECMAScript, Annex B.3.2). */
  readonly outermost?: true;
}
export interface ScopeName {
  readonly name: string;
  readonly mode: 'const' | 'let' | 'class' | 'function';
}
export interface Block extends Node {
  readonly kind: 'block';
  /** Lexical names of this block (`let`, `const`, `class`, functions declared in it). */
  readonly scope: readonly ScopeName[];
  /**
   * Function declarations, initialised on entry, in order. Outside strict mode one in a nested block is a `var` of the
   * function around it as well, which takes its value where the declaration stands (ECMAScript, Annex B.3.2).
   */
  readonly functions: readonly FunctionNode[];
  readonly statements: readonly Statement[];
}
export interface If extends Node {
  readonly kind: 'if';
  readonly test: Expression;
  readonly then: Statement;
  readonly else?: Statement | undefined;
}
/** `for`, `while`, `do`. A `for (let i = …)` stands in a Block whose scope holds i. */
export interface Loop extends Node {
  readonly kind: 'loop';
  readonly form: 'for' | 'while' | 'do';
  /** Names of the surrounding Block copied afresh for each iteration (closures over a `for (let …)`). */
  readonly perIteration: readonly string[];
  readonly test?: Expression | undefined;
  readonly update?: Expression | undefined;
  readonly body: Statement;
}
export interface ForOf extends Node {
  readonly kind: 'forOf';
  readonly scope: readonly ScopeName[];
  readonly target: Pattern;
  readonly iterable: Expression;
  readonly body: Statement;
}
export interface ForIn extends Node {
  readonly kind: 'forIn';
  readonly scope: readonly ScopeName[];
  readonly target: Pattern;
  readonly object: Expression;
  readonly body: Statement;
}
/** Target of `break label`; around a loop also of `continue label`. Unlabelled ones carry no label. */
export interface Labelled extends Node {
  readonly kind: 'labelled';
  readonly label: string;
  readonly body: Statement;
}
export interface Return extends Node {
  readonly kind: 'return';
  readonly value?: Expression | undefined;
}
export interface Break extends Node {
  readonly kind: 'break';
  readonly label?: string | undefined;
}
export interface Continue extends Node {
  readonly kind: 'continue';
  readonly label?: string | undefined;
}
export interface Throw extends Node {
  readonly kind: 'throw';
  readonly value: Expression;
}
export interface Try extends Node {
  readonly kind: 'try';
  readonly body: Block;
  readonly handler?:
    | { readonly scope: readonly ScopeName[]; readonly target?: Pattern; readonly body: Block }
    | undefined;
  readonly finally?: Block | undefined;
}
/**
 * `into = yield argument`: what every `yield` of a generator becomes before it is compiled (see yields.ts). Front ends
 * do not make it.
 */
export interface Suspend extends Node {
  readonly kind: 'suspend';
  readonly argument?: Expression | undefined;
  readonly delegate: boolean;
  /** The variable that takes what the generator is resumed with. */
  readonly into: string;
}
export interface UnsupportedStatement extends Node {
  readonly kind: 'unsupportedStatement';
  readonly problem: Unsupported['problem'];
  readonly message: string;
}

// ───────────────────────────── modules ─────────────────────────────

/**
 * An import: `local` is bound to the export `imported` of `specifier` ('*' the namespace, 'default', 'export=' the
 * whole of a CommonJS module). Both are empty where a module is imported for its effects alone.
 */
export interface ImportBinding extends Node {
  readonly local: string;
  readonly specifier: string;
  readonly imported: string;
}
/** `export * from` is '*' from '*'. */
export interface ExportBinding {
  readonly exported: string;
  /** A local name, or an import re-exported from a specifier. */
  readonly local?: string;
  readonly from?: { readonly specifier: string; readonly imported: string };
}

/** A lowered top-level statement: the unit of parsing, caching and slicing. */
export interface ModuleStatement {
  /** Unique within the file, stable while the statement's text is. */
  readonly key: number;
  /** Names it declares in module scope (`var`s in nested blocks included). */
  readonly declares: readonly { readonly name: string; readonly mode: ScopeName['mode'] | 'var' }[];
  /** Hoisted function declarations (initialised before any statement runs). */
  readonly functions: readonly FunctionNode[];
  /** What runs, in order; empty for a pure declaration of functions or types. */
  readonly statements: readonly Statement[];
  readonly imports: readonly ImportBinding[];
  readonly exports: readonly ExportBinding[];
  /** Every free name that occurs in it, at any depth. */
  readonly references: ReadonlySet<string>;
  /** False where running it can only define its own declarations (functions, classes of plain members, constants of literals). */
  readonly effects: boolean;
  /** Syntax errors: spans relative to the statement, with the parser's message. */
  readonly syntaxErrors: readonly { readonly span: Span; readonly message: string }[];
  readonly strict: boolean;
}
