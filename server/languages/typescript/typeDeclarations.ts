/** What statements declare of types: interfaces, aliases, classes and enums, and the values that `typeof` names. */
import type ts from 'typescript';
import {
  type DeclaredType,
  NUMBER_TERM,
  opaque,
  type TypeField,
  type TypeTerm,
  valueName,
} from './declared.ts';
import { documentedTypes } from './jsdoc.ts';
import { identifierText, type Language, type Parsed, SyntaxKind } from './parser.ts';
import { declaredNames, exportedTypes, type FileTypes, isExplicit } from './typeExports.ts';
import { importedTypes } from './typeImports.ts';
import {
  ANY_TERM,
  BOOLEAN_TERM,
  FUNCTION_TERM,
  isThisParameter,
  membersOf,
  nameOf,
  parametersOf,
  STRING_TERM,
  typeOf,
} from './types.ts';

/** Elements of a literal that are looked at. */
const MOST_ELEMENTS = 64;

/** What a function's own type parameters extend, under their names. */
export function typeParametersOf(node: {
  readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined;
}): DeclaredType[] {
  return (node.typeParameters ?? []).map(({ name, constraint }) => {
    const text = identifierText(name);
    return { name: text, parameters: [], type: constraint === undefined ? opaque(text) : typeOf(constraint) };
  });
}

function heritage(node: ts.InterfaceDeclaration | ts.ClassLikeDeclaration): TypeTerm[] {
  const parents: TypeTerm[] = [];
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
    for (const { expression, typeArguments } of clause.types) {
      const path = pathOf(expression);
      if (path === undefined) return [opaque('…')];
      parents.push({
        kind: 'reference',
        path,
        arguments: (typeArguments ?? []).map(typeOf),
        parent: true,
      });
    }
  }
  return parents;
}

/** `Base`, `N.Base`. */
function pathOf(node: ts.Expression): string[] | undefined {
  if (node.kind === SyntaxKind.Identifier) return [identifierText(node as ts.Identifier)];
  if (node.kind !== SyntaxKind.PropertyAccessExpression) return undefined;
  const { expression, name } = node as ts.PropertyAccessExpression;
  const above = pathOf(expression);
  return above && [...above, identifierText(name)];
}

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  (node as { modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers?.some((m) => m.kind === kind) ?? false;

/** The own data properties of a class's instances, as far as they are declared. */
function classFields(node: ts.ClassLikeDeclaration): TypeField[] {
  const fields: TypeField[] = [];
  for (const member of node.members) {
    if (member.kind === SyntaxKind.PropertyDeclaration && !hasModifier(member, SyntaxKind.StaticKeyword)) {
      const property = member as ts.PropertyDeclaration;
      const name = nameOf(property.name);
      if (name === undefined) continue;
      const type = property.type ? typeOf(property.type) : initialType(property.initializer);
      fields.push({ name, type, optional: property.questionToken !== undefined });
    } else if (member.kind === SyntaxKind.Constructor) {
      for (const parameter of (member as ts.ConstructorDeclaration).parameters) {
        if (!isParameterProperty(parameter) || parameter.name.kind !== SyntaxKind.Identifier) continue;
        fields.push({
          name: identifierText(parameter.name as ts.Identifier),
          type: parameter.type ? typeOf(parameter.type) : initialType(parameter.initializer),
          optional: parameter.questionToken !== undefined,
        });
      }
    }
  }
  return fields;
}

export function isParameterProperty(parameter: ts.ParameterDeclaration): boolean {
  return (parameter.modifiers ?? []).some(
    (modifier) =>
      modifier.kind === SyntaxKind.PublicKeyword ||
      modifier.kind === SyntaxKind.PrivateKeyword ||
      modifier.kind === SyntaxKind.ProtectedKeyword ||
      modifier.kind === SyntaxKind.ReadonlyKeyword ||
      modifier.kind === SyntaxKind.OverrideKeyword,
  );
}

/** The type of a variable that is given this value and no type, where the value is a literal; else as good as `any`. */
export function initialType(initializer: ts.Expression | undefined): TypeTerm {
  switch (initializer?.kind) {
    case SyntaxKind.NumericLiteral:
      return NUMBER_TERM;
    case SyntaxKind.PrefixUnaryExpression: {
      const { operand, operator } = initializer as ts.PrefixUnaryExpression;
      return operator === SyntaxKind.ExclamationToken ? BOOLEAN_TERM : initialType(operand);
    }
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return BOOLEAN_TERM;
    case SyntaxKind.StringLiteral:
      return STRING_TERM;
    case SyntaxKind.ArrayLiteralExpression: {
      const { elements } = initializer as ts.ArrayLiteralExpression;
      const alike = elements.length > 0 && elements.every((element) => initialType(element) === NUMBER_TERM);
      return alike ? { kind: 'array', element: NUMBER_TERM } : ANY_TERM;
    }
    default:
      return ANY_TERM;
  }
}

/** The type of a constant's value, where that is written out. */
function valueType(value: ts.Expression | undefined, text: string, constant = false): TypeTerm {
  switch (value?.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.SatisfiesExpression:
      return valueType((value as ts.ParenthesizedExpression).expression, text, constant);
    case SyntaxKind.AsExpression: {
      const { expression, type } = value as ts.AsExpression;
      if (!isConst(type)) return typeOf(type);
      return valueType(expression, text, true);
    }
    case SyntaxKind.ObjectLiteralExpression: {
      const { properties } = value as ts.ObjectLiteralExpression;
      const fields: TypeField[] = [];
      for (const property of properties) {
        const name = nameOf(property.name);
        if (name === undefined || fields.length === MOST_ELEMENTS) return opaque(text);
        const type =
          property.kind === SyntaxKind.PropertyAssignment
            ? valueType(property.initializer, `${text}.${name}`, constant)
            : property.kind === SyntaxKind.MethodDeclaration
              ? FUNCTION_TERM
              : opaque(`${text}.${name}`);
        fields.push({ name, type, optional: false });
      }
      return { kind: 'object', fields };
    }
    case SyntaxKind.ArrayLiteralExpression: {
      const { elements } = value as ts.ArrayLiteralExpression;
      if (elements.length > MOST_ELEMENTS) return opaque(text);
      const members = elements.map((element) => valueType(element, text, constant));
      if (constant) return { kind: 'tuple', elements: members.map((type) => ({ type })) };
      return elements.length === 0 ? opaque(text) : { kind: 'array', element: { kind: 'union', members } };
    }
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return functionTerm(value as ts.ArrowFunction, text);
    case SyntaxKind.NumericLiteral:
    case SyntaxKind.StringLiteral: {
      const { text: literal } = value as ts.StringLiteral;
      if (!constant) return initialType(value);
      return { kind: 'literal', value: value.kind === SyntaxKind.NumericLiteral ? Number(literal) : literal };
    }
    case SyntaxKind.BinaryExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.PropertyAccessExpression:
      return isNumeric(value) ? NUMBER_TERM : opaque(text);
    default: {
      const type = initialType(value);
      return type === ANY_TERM ? opaque(text) : type;
    }
  }
}

const ARITHMETIC = new Set<ts.SyntaxKind>([
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.AsteriskAsteriskToken,
]);

/** Arithmetic with a number is of numbers: bigints do not mix with them. What `Math` gives is one. */
function isNumeric(node: ts.Expression): boolean {
  switch (node.kind) {
    case SyntaxKind.NumericLiteral:
      return true;
    case SyntaxKind.ParenthesizedExpression:
      return isNumeric((node as ts.ParenthesizedExpression).expression);
    case SyntaxKind.BinaryExpression: {
      const { left, operatorToken, right } = node as ts.BinaryExpression;
      if (operatorToken.kind === SyntaxKind.PlusToken) return isNumeric(left) && isNumeric(right);
      return ARITHMETIC.has(operatorToken.kind) && (isNumeric(left) || isNumeric(right));
    }
    case SyntaxKind.CallExpression:
      return isOfMath((node as ts.CallExpression).expression);
    default:
      return isOfMath(node);
  }
}

function isOfMath(node: ts.Expression): boolean {
  const path = pathOf(node);
  return path?.length === 2 && path[0] === 'Math';
}

const isConst = (type: ts.TypeNode): boolean =>
  type.kind === SyntaxKind.TypeReference &&
  (type as ts.TypeReferenceNode).typeName.kind === SyntaxKind.Identifier &&
  identifierText((type as ts.TypeReferenceNode).typeName as ts.Identifier) === 'const';

type WithSignature = Pick<
  ts.FunctionDeclaration,
  'parameters' | 'type' | 'body' | 'modifiers' | 'asteriskToken'
>;

function functionTerm(node: WithSignature | ts.ArrowFunction, text: string): TypeTerm {
  const terms = node.parameters
    .filter((parameter) => !isThisParameter(parameter))
    .map((parameter) =>
      parameter.type === undefined ? valueType(parameter.initializer, text) : typeOf(parameter.type),
    );
  return {
    kind: 'function',
    parameters: terms,
    returns: node.type === undefined ? returnedType(node, text) : typeOf(node.type),
  };
}

/** What a function returns that says no type: where it is one expression that is written out. */
function returnedType(node: WithSignature | ts.ArrowFunction, text: string): TypeTerm {
  const { body } = node;
  const isPlain =
    !hasModifier(node as ts.FunctionDeclaration, SyntaxKind.AsyncKeyword) && node.asteriskToken === undefined;
  if (body === undefined || !isPlain) return opaque(text);
  if (body.kind !== SyntaxKind.Block) return valueType(body as ts.Expression, text);
  const [only, more] = (body as ts.Block).statements;
  return only?.kind === SyntaxKind.ReturnStatement && more === undefined
    ? valueType((only as ts.ReturnStatement).expression, text)
    : opaque(text);
}

/** The types that a text declares, or imports: in JavaScript its comments do. */
export function typesIn({ file, text }: Parsed, language: Language): DeclaredType[] {
  const inComments = language === 'js' || language === 'jsx' ? documentedTypes(text) : [];
  return [...typesOf(file.statements, text), ...inComments];
}

/** Those, with what of them others may have. */
export function fileTypesIn(parsed: Parsed, language: Language): FileTypes {
  const { statements } = parsed.file;
  const types = typesIn(parsed, language);
  const inComments = language === 'js' || language === 'jsx' ? documentedTypes(parsed.text) : [];
  // What comments of a JavaScript module declare is exported; what they import is not.
  const documented = inComments
    .filter(({ type }) => type.kind !== 'imported')
    .map(({ name }) => ({ name, local: name }));
  return {
    types,
    exports: [...statements.flatMap(exportedTypes), ...documented],
    declares: statements.flatMap(declaredNames),
    explicit: statements.some(isExplicit),
    augments: statements.flatMap((statement) => augmented(statement, parsed.text)),
  };
}

/** `declare module './m' { … }`. */
function augmented(statement: ts.Statement, text: string): FileTypes['augments'][number][] {
  if (statement.kind !== SyntaxKind.ModuleDeclaration) return [];
  const { name, body } = statement as ts.ModuleDeclaration;
  if (name.kind !== SyntaxKind.StringLiteral || body?.kind !== SyntaxKind.ModuleBlock) return [];
  return [{ specifier: name.text, types: typesOf((body as ts.ModuleBlock).statements, text) }];
}

/** The types that statements declare, exported or not, and those they import. */
function typesOf(statements: readonly ts.Statement[], text: string, inside?: string): DeclaredType[] {
  return statements.flatMap((statement) => {
    const own = declared(statement, text, inside);
    const isFixed =
      own.length > 0 && /\breadonly\b|\bReadonly/.test(text.slice(statement.pos, statement.end));
    return [
      ...(isFixed ? own.map((type) => ({ ...type, fixed: true as const })) : own),
      ...importedTypes(statement),
    ];
  });
}

function declared(statement: ts.Statement, source: string, inside: string | undefined): DeclaredType[] {
  const around = inside === undefined ? {} : { inside };
  const called = (name: string): string => (inside === undefined ? name : `${inside}.${name}`);
  switch (statement.kind) {
    case SyntaxKind.TypeAliasDeclaration: {
      const alias = statement as ts.TypeAliasDeclaration;
      const name = called(identifierText(alias.name));
      return [{ name, parameters: parametersOf(alias), type: typeOf(alias.type), ...around }];
    }
    case SyntaxKind.InterfaceDeclaration: {
      const declaration = statement as ts.InterfaceDeclaration;
      const name = called(identifierText(declaration.name));
      const type = inherit(membersOf(declaration.members), heritage(declaration));
      return [{ name, parameters: parametersOf(declaration), type, ...around }];
    }
    case SyntaxKind.ClassDeclaration: {
      const declaration = statement as ts.ClassDeclaration;
      if (declaration.name === undefined) return [];
      const name = called(identifierText(declaration.name));
      const own: TypeTerm = { kind: 'object', fields: classFields(declaration), class: name };
      // The class's own name first: an instance has the prototype of the class named, not of its parent.
      const type = inherit(own, heritage(declaration), { kind: 'object', fields: [], class: name });
      return [{ name, parameters: parametersOf(declaration), type, ...around }];
    }
    case SyntaxKind.EnumDeclaration:
      return enumTypes(statement as ts.EnumDeclaration, called);
    case SyntaxKind.ModuleDeclaration: {
      const { name, body } = statement as ts.ModuleDeclaration;
      const isGlobal =
        name.kind === SyntaxKind.Identifier && identifierText(name as ts.Identifier) === 'global';
      if (body === undefined || name.kind !== SyntaxKind.Identifier) return [];
      const within = isGlobal ? inside : called(identifierText(name as ts.Identifier));
      const statements = body.kind === SyntaxKind.ModuleBlock ? body.statements : [body as ts.Statement];
      return typesOf(statements, source, within);
    }
    case SyntaxKind.FunctionDeclaration: {
      const declaration = statement as ts.FunctionDeclaration;
      if (declaration.name === undefined || inside !== undefined) return [];
      const text = valueName(identifierText(declaration.name));
      return [{ name: text, parameters: [], type: functionTerm(declaration, text) }];
    }
    case SyntaxKind.VariableStatement: {
      if (inside !== undefined) return [];
      const { declarations } = (statement as ts.VariableStatement).declarationList;
      return declarations.flatMap(({ name, type, initializer }) => {
        if (name.kind !== SyntaxKind.Identifier) return [];
        const text = valueName(identifierText(name as ts.Identifier));
        return [{ name: text, parameters: [], type: type ? typeOf(type) : valueType(initializer, text) }];
      });
    }
    default:
      return [];
  }
}

/** The enum and its members, which are types too. */
function enumTypes({ name, members }: ts.EnumDeclaration, called: (name: string) => string): DeclaredType[] {
  const text = called(identifierText(name));
  // Without an initialiser a member is one more than that before it.
  let next: number | undefined = 0;
  const terms = members.map(({ initializer }): TypeTerm => {
    const literal = valueType(initializer, text, true);
    if (initializer !== undefined) next = undefined;
    if (literal.kind === 'literal' && typeof literal.value === 'string') return literal;
    if (literal.kind === 'literal') next = Number(literal.value);
    const value = next;
    if (next !== undefined) next++;
    return value === undefined ? NUMBER_TERM : { kind: 'literal', value };
  });
  return [
    { name: text, parameters: [], type: { kind: 'union', members: terms } },
    ...members.flatMap((member, i) => {
      const own = nameOf(member.name);
      return own === undefined ? [] : [{ name: `${text}.${own}`, parameters: [], type: terms[i]! }];
    }),
  ];
}

function inherit(own: TypeTerm, parents: readonly TypeTerm[], first?: TypeTerm): TypeTerm {
  if (parents.length === 0) return own;
  return { kind: 'intersection', members: first ? [first, ...parents, own] : [...parents, own] };
}
