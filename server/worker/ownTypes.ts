/** The user's names for types in a file beside the one that has them: what it must import for those it uses. */
import type { TypeNames } from '../../core/analysis/userTypes.ts';
import type { Format } from '../../core/generate/request.ts';
import type { DeclaredType } from '../languages/typescript/index.ts';
import type { SourceDocument } from '../workspace/document.ts';

/** How one name is imported; `of`: `*` for the whole module. */
interface TypeImport {
  readonly local: string;
  readonly of: string;
  readonly specifier: string;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const COMMENT_OR_TEXT = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;

export class OwnTypes {
  private readonly from: SourceDocument;
  private readonly specifier: string;
  private readonly imports: ReadonlyMap<string, TypeImport | undefined>;

  /** `taken`: names of the other file, which stand for something of its own. */
  constructor(from: SourceDocument, to: SourceDocument, taken: ReadonlySet<string>, specifier: string) {
    this.from = from;
    this.specifier = specifier;
    const there = new Map(to.fileTypes().types.map((type) => [type.name, type]));
    const { types, exports } = from.fileTypes();
    const imports = new Map<string, TypeImport | undefined>();
    for (const { name, type, inside } of types) {
      if (imports.has(name) || inside !== undefined || !IDENTIFIER.test(name)) continue;
      const exported = exports.find((one) => 'local' in one && one.local === name);
      const found =
        type.kind === 'imported'
          ? { local: name, of: type.name, specifier: type.specifier }
          : exported && { local: name, of: exported.name, specifier: this.specifier };
      const other = there.get(name);
      const clashes = other === undefined ? taken.has(name) : !isImportOf(other, found);
      imports.set(name, clashes || found?.of === 'export=' ? undefined : found);
    }
    this.imports = imports;
  }

  readonly names: TypeNames = (name, specifier) => {
    const root = name.split('.')[0]!;
    // What names its module itself means the same in every file of the folder.
    if (specifier === undefined && this.imports.get(root) === undefined) return undefined;
    return this.from.typeNamed(name, specifier);
  };

  /** Statements for what the code names and the file does not import yet. */
  statements(code: string, to: SourceDocument, { quotes, semicolons }: Format): string[] {
    const there = new Set(to.fileTypes().types.map(({ name }) => name));
    const plain = code.replace(COMMENT_OR_TEXT, ' ');
    const wanted = [...this.imports.values()].filter(
      (one): one is TypeImport =>
        one !== undefined &&
        !there.has(one.local) &&
        new RegExp(
          `(?<![\\p{ID_Continue}$.])${one.local.replaceAll('$', '\\$')}(?![\\p{ID_Continue}$])`,
          'u',
        ).test(plain),
    );
    const bySpecifier = new Map<string, TypeImport[]>();
    for (const one of wanted) {
      const same = bySpecifier.get(one.specifier);
      if (same === undefined) bySpecifier.set(one.specifier, [one]);
      else same.push(one);
    }
    return [...bySpecifier].flatMap(([specifier, all]) => {
      const named = all.filter(({ of }) => of !== '*' && of !== 'default');
      const clauses = all.flatMap(({ of, local }) =>
        of === '*' ? [`* as ${local}`] : of === 'default' ? [local] : [],
      );
      if (named.length > 0)
        clauses.push(
          `{ ${named.map(({ of, local }) => (of === local ? of : `${of} as ${local}`)).join(', ')} }`,
        );
      const end = semicolons ? ';' : '';
      return clauses.map((clause) => `import type ${clause} from ${quotes}${specifier}${quotes}${end}`);
    });
  }
}

const isImportOf = ({ type }: DeclaredType, wanted: TypeImport | undefined): boolean =>
  type.kind === 'imported' && type.specifier === wanted?.specifier && type.name === wanted.of;

const OUTPUT: { readonly [extension: string]: string } = {
  ts: 'js',
  tsx: 'js',
  mts: 'mjs',
  cts: 'cjs',
};

/** The specifier of a file for one beside it, as the file writes others; `explicit`: where it writes none. */
export function specifierBeside(
  { uri }: SourceDocument,
  others: readonly string[],
  explicit: boolean,
): string {
  const [, name, extension] = /([^/]*?)(?:\.([^./]*))?$/.exec(decodeURIComponent(uri))!;
  const relative = others.filter((one) => /^\.{1,2}\//.test(one));
  const has = (pattern: RegExp): boolean => relative.some((one) => pattern.test(one));
  if (extension === undefined) return `./${name}`;
  if (has(/\.[cm]?tsx?$/)) return `./${name}.${extension}`;
  if (has(/\.[cm]?jsx?$/) || (relative.length === 0 && explicit))
    return `./${name}.${OUTPUT[extension] ?? extension}`;
  return `./${name}`;
}
