/** What lowering carries along: the text, what the enclosing functions need to know, and what is to be reported. */
import type ts from 'typescript';
import type { Shape } from '../../../core/source/shape.ts';
import type { Span } from '../../../core/source/span.ts';
import type {
  Expression,
  FunctionNode,
  Literal,
  Name,
  Unsupported,
  UnsupportedStatement,
} from '../../../core/source/syntax.ts';
import { type DeclaredType, referenceTo, type TypeLookup, type TypeTerm } from './declared.ts';
import { type ImportedTypes, importedShape } from './importedShape.ts';
import { type Language, startOf } from './parser.ts';
import { resolveShape, resolveSignature } from './resolveTypes.ts';
import { attachedComments } from './trivia.ts';
import { initialType } from './typeDeclarations.ts';
import { typeOf } from './types.ts';

/** Deeper trees are refused: the parser does without brackets what would overflow those who come after. */
const DEEPEST_TREE = 1000;

/** Thrown and caught inside this folder only. */
export class TooDeep extends Error {}

/** A function being lowered (or the module). */
export interface FunctionFrame {
  readonly parent: FunctionFrame | undefined;
  readonly arrow: boolean;
  readonly strict: boolean;
  /** Names of `var`s met so far, at any depth of blocks. */
  readonly vars: Set<string>;
  /** The lexical names of the blocks around, innermost last. */
  readonly lexical: ReadonlySet<string>[];
  readonly parameters: ReadonlySet<string>;
  usesThis: boolean;
  usesArguments: boolean;
}

/** Where `break` and `continue` may go. */
export interface Jumps {
  readonly labels: ReadonlySet<string>;
  /** Labels of loops. */
  readonly loops: ReadonlySet<string>;
  readonly inLoop: boolean;
  /** What an unlabelled `break` says: nothing for the innermost loop, a label for a switch, null outside both. */
  readonly breakTo: string | undefined | null;
}
export const NO_JUMPS: Jumps = { labels: new Set(), loops: new Set(), inLoop: false, breakTo: null };

/** What is known of a value from where it stands, announced before it is lowered. */
export interface Origin {
  /** From module scope; undefined where it cannot be reached by name. */
  readonly path: readonly string[] | undefined;
  readonly name: string;
  readonly nameSpan: Span;
  /** Where comments attached to it may stand, outermost first; `inline` ones may share the line of what precedes. */
  readonly anchors: readonly Anchor[];
  readonly receiver?: string;
  /** From the type of the variable that a function is given to. */
  readonly signature?: ContextualSignature | undefined;
}
/** What a type says of the parameters of a function that has none of its own, and of what it returns. */
export interface ContextualSignature {
  parameter(at: number): Shape | undefined;
  readonly returns: Shape;
}
export interface Anchor {
  readonly position: number;
  readonly inline: boolean;
}

export interface FunctionSite {
  /** How to reach it from module scope; [] where it cannot be reached by name. */
  readonly path: readonly string[];
  /** As the user would say it: `f`, `Vec.length`, `(anonymous)`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: FunctionNode;
  /** The class whose instances are its receiver. */
  readonly receiver?: string;
  /** The comments directly attached to it (no blank line between), from the first's start to the last's end. */
  readonly commentSpan?: Span;
  /** How many functions enclose it. */
  readonly depth: number;
}

/** `import('./t').P` among the names of types. */
export const importedName = (name: string, specifier: string): string => `${name} from ${specifier}`;

/** Not within the constructor: a closure kept from there keeps its instance beyond minor collections. */
const recording =
  (names: Set<string>, resolve: TypeLookup): TypeLookup =>
  (name, specifier) => {
    names.add(name);
    return resolve(name, specifier);
  };

/** Type parameters go before the file's types; `imports` gives what specifiers lead to. */
const lookupOf =
  (parameters: ReadonlyMap<string, DeclaredType>, own: TypeLookup, imports: TypeLookup): TypeLookup =>
  (name, specifier) =>
    specifier === undefined ? (parameters.get(name) ?? own(name)) : imports(name, specifier);

const readsImports =
  (imports: ImportedTypes): TypeLookup =>
  (name, specifier) =>
    imports.lookup(name, specifier!);

export class Lowering {
  readonly text: string;
  readonly language: Language;
  readonly errors: { span: Span; message: string }[] = [];
  readonly sites: FunctionSite[] = [];
  readonly origins = new Map<ts.Node, Origin>();
  /** Function declarations in blocks that are variables of their function as well. */
  readonly hoisted = new Set<ts.Node>();
  /** Enums and namespaces that add to what their scope has declared before. */
  readonly merged = new Set<ts.Node>();
  /** Names of types that shapes were read from. */
  readonly typeReferences = new Set<string>();
  /** Type parameters in scope, as what they extend. */
  typeParameters: ReadonlyMap<string, DeclaredType> = new Map();
  frame: FunctionFrame;
  jumps: Jumps = NO_JUMPS;
  /** How many FunctionNodes have been made: tells whether a loop holds closures. */
  functionCount = 0;
  functionDepth = 0;
  private temps = 0;
  private depth = 0;
  private readonly shift: number;
  private readonly lookup: TypeLookup;
  private readonly imports: ImportedTypes | undefined;

  constructor(options: {
    text: string;
    language: Language;
    strict: boolean;
    /** Subtracted from every offset: the length of what was put before the user's text. */
    shift: number;
    resolveType: TypeLookup;
    imports?: ImportedTypes | undefined;
  }) {
    this.text = options.text;
    this.language = options.language;
    this.shift = options.shift;
    this.frame = newFrame(undefined, false, options.strict, new Set());
    this.lookup = recording(this.typeReferences, options.resolveType);
    this.imports = options.imports;
  }

  get strict(): boolean {
    return this.frame.strict;
  }

  get script(): boolean {
    return this.language === 'js' || this.language === 'jsx';
  }

  span(node: ts.Node): Span {
    return this.range(startOf(node, this.text), node.end);
  }

  range(start: number, end: number): Span {
    return { start: start - this.shift, end: end - this.shift };
  }

  /** The place of something that lowering makes up. */
  before(node: ts.Node): Span {
    const start = startOf(node, this.text);
    return this.range(start, start);
  }

  source(node: ts.Node): string {
    return this.text.slice(startOf(node, this.text), node.end);
  }

  /** A name that users cannot write. */
  temp(): string {
    return '%t' + ++this.temps;
  }

  enter(): void {
    if (++this.depth > DEEPEST_TREE) throw new TooDeep();
  }

  leave(): void {
    this.depth--;
  }

  /** Records a syntax error of our own finding and gives the node that stands for what is wrong. */
  error(node: ts.Node, message: string): Unsupported {
    this.errors.push({ span: this.span(node), message });
    return unsupported(this.span(node), 'GL010', message);
  }

  errorStatement(node: ts.Node, message: string): UnsupportedStatement {
    return asStatement(this.error(node, message));
  }

  /** What refuses in place of a function or module with syntax errors between these offsets: such code never runs. */
  refusal(span: Span, besides: readonly Span[] = []): UnsupportedStatement | undefined {
    const within = (outer: Span, start: number): boolean =>
      outer.start <= start && (start < outer.end || outer.end === this.text.length - this.shift);
    const error = this.errors.find(
      (e) => within(span, e.span.start) && !besides.some((other) => within(other, e.span.start)),
    );
    return error && asStatement(unsupported(error.span, 'GL010', `Syntax error: ${error.message}`));
  }

  /** The node that stands for what the parser could not read (it has reported the error itself). */
  broken(node: ts.Node): Unsupported {
    return unsupported(this.span(node), 'GL010', 'This has a syntax error.');
  }

  shape(type: ts.TypeNode | undefined): Shape {
    return this.resolve(typeOf(type));
  }

  resolve(type: TypeTerm): Shape {
    const { shape, leadsOut } = this.within((lookup) => resolveShape(type, lookup));
    return leadsOut ? this.imported(type) : shape;
  }

  signature(type: ts.TypeNode | undefined): ContextualSignature | undefined {
    if (type === undefined) return undefined;
    const term = typeOf(type);
    const { shape: found, leadsOut } = this.within((lookup) => resolveSignature(term, lookup));
    if (!leadsOut) return found && { ...found, parameter: (at) => found.parameters[at] };
    const part = (name: string): TypeTerm => ({ ...referenceTo(name), arguments: [term] }) as TypeTerm;
    const key = (value: number): TypeTerm => ({ kind: 'literal', value });
    return {
      parameter: (at) => this.imported({ kind: 'access', object: part('Parameters'), key: key(at) }),
      returns: this.imported(part('ReturnType')),
    };
  }

  /** What this file alone says of a type, and whether others would have to be asked. */
  private within<T>(resolve: (lookup: TypeLookup) => T): { readonly shape: T; readonly leadsOut: boolean } {
    let leadsOut = false;
    const noted: TypeLookup = (name, specifier) => {
      this.typeReferences.add(importedName(name, specifier!));
      leadsOut = true;
      return undefined;
    };
    const shape = resolve(lookupOf(this.typeParameters, this.lookup, noted));
    return { shape, leadsOut: leadsOut && this.imports !== undefined };
  }

  private imported(type: TypeTerm): Shape {
    const imports = this.imports!;
    return importedShape(type, lookupOf(this.typeParameters, this.lookup, readsImports(imports)), imports);
  }

  /** The shape of a variable without a type that starts with this value. */
  initialShape(value: ts.Expression | undefined): Shape {
    return resolveShape(initialType(value), this.lookup);
  }

  useThis(): void {
    for (let f: FunctionFrame | undefined = this.frame; f; f = f.arrow ? f.parent : undefined)
      f.usesThis = true;
  }

  useArguments(): void {
    for (let f: FunctionFrame | undefined = this.frame; f; f = f.arrow ? f.parent : undefined) {
      if (f.parameters.has('arguments')) return;
      f.usesArguments = true;
    }
  }

  announce(node: ts.Node, origin: Origin): void {
    this.origins.set(node, origin);
  }

  addSite(node: FunctionNode, origin: Origin): void {
    const comments = this.commentsOf(origin.anchors);
    this.sites.push({
      path: this.functionDepth === 0 ? (origin.path ?? []) : [],
      name: origin.name,
      nameSpan: origin.nameSpan,
      node,
      ...(origin.receiver === undefined ? {} : { receiver: origin.receiver }),
      ...(comments === undefined ? {} : { commentSpan: this.range(comments.start, comments.end) }),
      depth: this.functionDepth,
    });
  }

  /** The comments at the outermost anchor that has a tag in them, else at the first that has comments. */
  commentsOf(anchors: readonly Anchor[]): Span | undefined {
    let first: Span | undefined;
    for (const anchor of anchors) {
      const comments = attachedComments(this.text, anchor.position, anchor.inline);
      if (comments === undefined) continue;
      if (this.text.slice(comments.start, comments.end).includes('@')) return comments;
      first ??= comments;
    }
    return first;
  }
}

export function newFrame(
  parent: FunctionFrame | undefined,
  arrow: boolean,
  strict: boolean,
  parameters: ReadonlySet<string>,
): FunctionFrame {
  return {
    parent,
    arrow,
    strict,
    vars: new Set(),
    lexical: [],
    parameters,
    usesThis: false,
    usesArguments: false,
  };
}

export function unsupported(span: Span, problem: Unsupported['problem'], message: string): Unsupported {
  return { kind: 'unsupported', span, problem, message };
}

export function asStatement(node: Unsupported): UnsupportedStatement {
  return { kind: 'unsupportedStatement', span: node.span, problem: node.problem, message: node.message };
}

export function literal(span: Span, value: Literal['value']): Literal {
  return { kind: 'literal', span, value };
}

export function name(span: Span, text: string): Name {
  return { kind: 'name', span, name: text };
}

export function call(span: Span, callee: Expression, args: readonly Expression[]): Expression {
  return { kind: 'call', span, callee, arguments: args };
}
