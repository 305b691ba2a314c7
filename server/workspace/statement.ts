/** What is known of one top-level statement: found when first asked for, and dropped again where it is large. */
import type { Annotation } from '../../core/annotations/annotation.ts';
import type { Span } from '../../core/source/span.ts';
import type { Expression, ModuleStatement } from '../../core/source/syntax.ts';
import type { FileTypes, LoweredStatement } from '../languages/typescript/index.ts';
import { mentionsOf } from './mentions.ts';

/** How a declared name can come to mean something else after its statement has run. */
export type Rigidity =
  /** Not at all: a `const` of a number, a boolean or a string. */
  | 'constant'
  /** Only where it is assigned to or handed around: a function. */
  | 'function'
  /** By anything that reaches it: a variable, an object, a class. */
  | 'state';

/** What slicing needs of a statement, without its tree. */
export interface StatementIndex {
  readonly declares: readonly { readonly name: string; readonly rigidity: Rigidity }[];
  readonly references: readonly string[];
  readonly imports: readonly { readonly local: string; readonly specifier: string }[];
  readonly effects: boolean;
  readonly types: readonly string[];
  readonly typeReferences: readonly string[];
  readonly syntaxErrors: ModuleStatement['syntaxErrors'];
  readonly sites: readonly Site[];
}

/** A function's place, without its tree. */
export interface Site {
  readonly path: readonly string[];
  readonly name: string;
  readonly nameSpan: Span;
  readonly receiver?: string | undefined;
  readonly commentSpan?: Span | undefined;
  readonly span: Span;
  readonly depth: number;
}

/** An annotation, with what it took for the file's own names among those of Math. */
export interface ParsedAnnotation {
  readonly annotation: Annotation | undefined;
  readonly assumed: ReadonlyMap<string, boolean>;
}

/** One statement's text and what has been found of it. It lives as long as its key. */
export class StatementEntry {
  readonly key: number;
  readonly text: string;
  lowered: LoweredStatement | undefined;
  index: StatementIndex | undefined;
  annotations: (ParsedAnnotation | undefined)[] = [];
  /** What other files may have of it: of its text alone. */
  fileTypes: FileTypes | undefined;
  /** Something was read from other files' types. */
  readsImports = false;
  private codes: Int32Array | undefined;

  constructor(key: number, text: string) {
    this.key = key;
    this.text = text;
  }

  get mentions(): Int32Array {
    this.codes ??= mentionsOf(this.text);
    return this.codes;
  }

  /** Forgets what depends on other statements (types, the kind of module). */
  forget(): void {
    this.lowered = undefined;
    this.index = undefined;
    this.annotations = [];
    this.readsImports = false;
  }
}

export function indexOf(lowered: LoweredStatement): StatementIndex {
  const { statement } = lowered;
  const rigidity = rigidities(statement);
  return {
    declares: statement.declares.map(({ name }) => ({ name, rigidity: rigidity.get(name) ?? 'state' })),
    references: [...statement.references],
    imports: statement.imports.map(({ local, specifier }) => ({ local, specifier })),
    effects: statement.effects,
    types: lowered.types.map((type) => type.name),
    typeReferences: [...lowered.typeReferences],
    syntaxErrors: statement.syntaxErrors,
    sites: lowered.functions.map((site) => ({
      path: site.path,
      name: site.name,
      nameSpan: site.nameSpan,
      receiver: site.receiver,
      commentSpan: site.commentSpan,
      span: site.node.span,
      depth: site.depth,
    })),
  };
}

function rigidities(statement: ModuleStatement): Map<string, Rigidity> {
  const found = new Map<string, Rigidity>();
  for (const fn of statement.functions) if (fn.name !== undefined) found.set(fn.name, 'function');
  for (const node of statement.statements) {
    if (node.kind !== 'declare' || node.mode !== 'const' || node.target.kind !== 'name') continue;
    if (node.value.kind === 'function') found.set(node.target.name, 'function');
    else if (isPrimitive(node.value)) found.set(node.target.name, 'constant');
  }
  return found;
}

/** Whether an expression's value is no object, whatever its parts are. */
function isPrimitive(node: Expression): boolean {
  switch (node.kind) {
    case 'literal':
    case 'template':
    case 'unary':
    case 'binary':
    case 'typeof':
      return true;
    case 'conditional':
      return isPrimitive(node.then) && isPrimitive(node.else);
    case 'logical':
      return isPrimitive(node.left) && isPrimitive(node.right);
    case 'member':
    case 'call': {
      const owner =
        node.kind === 'call' ? (node.callee.kind === 'member' ? node.callee.object : undefined) : node.object;
      return owner?.kind === 'name' && owner.name === 'Math';
    }
    default:
      return false;
  }
}
