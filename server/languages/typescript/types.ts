/** Type syntax to type terms. */
import type ts from 'typescript';
import { type DeclaredType, NUMBER_TERM, type TypeField, type TypeTerm, UNKNOWN_TERM } from './declared.ts';
import { identifierText, SyntaxKind } from './parser.ts';

const BOOLEAN_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'boolean' } };
const STRING_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'string' } };
const FUNCTION_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'function' } };

export function typeOf(node: ts.TypeNode | undefined): TypeTerm {
  switch (node?.kind) {
    case SyntaxKind.NumberKeyword:
      return NUMBER_TERM;
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.TypePredicate:
      return BOOLEAN_TERM;
    case SyntaxKind.StringKeyword:
    case SyntaxKind.TemplateLiteralType:
      return STRING_TERM;
    case SyntaxKind.UndefinedKeyword:
    case SyntaxKind.VoidKeyword:
      return { kind: 'absent' };
    case SyntaxKind.FunctionType:
      return functionType(node as ts.FunctionTypeNode);
    case SyntaxKind.ConstructorType:
      return FUNCTION_TERM;
    case SyntaxKind.ParenthesizedType:
    case SyntaxKind.RestType:
    case SyntaxKind.OptionalType:
      return typeOf((node as ts.ParenthesizedTypeNode).type);
    case SyntaxKind.NamedTupleMember:
      return typeOf((node as ts.NamedTupleMember).type);
    case SyntaxKind.TypeOperator: {
      const operator = node as ts.TypeOperatorNode;
      return operator.operator === SyntaxKind.ReadonlyKeyword ? typeOf(operator.type) : UNKNOWN_TERM;
    }
    case SyntaxKind.LiteralType:
      return literalType((node as ts.LiteralTypeNode).literal);
    case SyntaxKind.ArrayType:
      return { kind: 'array', element: typeOf((node as ts.ArrayTypeNode).elementType) };
    case SyntaxKind.TupleType:
      return tuple(node as ts.TupleTypeNode);
    case SyntaxKind.TypeLiteral:
      return { kind: 'object', fields: fieldsOf((node as ts.TypeLiteralNode).members) };
    case SyntaxKind.UnionType:
      return { kind: 'union', members: (node as ts.UnionTypeNode).types.map(typeOf) };
    case SyntaxKind.IntersectionType:
      return { kind: 'intersection', members: (node as ts.IntersectionTypeNode).types.map(typeOf) };
    case SyntaxKind.IndexedAccessType: {
      const access = node as ts.IndexedAccessTypeNode;
      const key = accessKey(access.indexType);
      return key === undefined ? UNKNOWN_TERM : { kind: 'access', object: typeOf(access.objectType), key };
    }
    case SyntaxKind.TypeReference: {
      const reference = node as ts.TypeReferenceNode;
      if (reference.typeName.kind !== SyntaxKind.Identifier) return UNKNOWN_TERM;
      const name = identifierText(reference.typeName as ts.Identifier);
      if (name === 'const') return UNKNOWN_TERM;
      return { kind: 'reference', name, arguments: (reference.typeArguments ?? []).map(typeOf) };
    }
    default:
      return UNKNOWN_TERM;
  }
}

function functionType(node: ts.FunctionTypeNode): TypeTerm {
  const parameters = node.parameters
    .filter((parameter) => !isThisParameter(parameter))
    .map((parameter) => typeOf(parameter.type));
  return { kind: 'function', parameters, returns: typeOf(node.type) };
}

export function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return node.name.kind === SyntaxKind.Identifier && identifierText(node.name as ts.Identifier) === 'this';
}

function literalType(node: ts.Node): TypeTerm {
  switch (node.kind) {
    case SyntaxKind.NumericLiteral:
      return NUMBER_TERM;
    case SyntaxKind.PrefixUnaryExpression:
      return (node as ts.PrefixUnaryExpression).operand.kind === SyntaxKind.NumericLiteral
        ? NUMBER_TERM
        : UNKNOWN_TERM;
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { kind: 'key', key: (node as ts.StringLiteral).text };
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return BOOLEAN_TERM;
    default:
      return UNKNOWN_TERM;
  }
}

/** A tuple with a rest element is an array where all its elements are alike. */
function tuple(node: ts.TupleTypeNode): TypeTerm {
  const elements = node.elements.map((element) => {
    const optional =
      element.kind === SyntaxKind.OptionalType ||
      (element.kind === SyntaxKind.NamedTupleMember &&
        (element as ts.NamedTupleMember).questionToken !== undefined);
    const type = typeOf(element);
    return optional ? ({ kind: 'union', members: [type, { kind: 'absent' }] } satisfies TypeTerm) : type;
  });
  const rest = node.elements.some(
    (element) =>
      element.kind === SyntaxKind.RestType ||
      (element.kind === SyntaxKind.NamedTupleMember &&
        (element as ts.NamedTupleMember).dotDotDotToken !== undefined),
  );
  return rest ? UNKNOWN_TERM : { kind: 'tuple', elements };
}

function accessKey(node: ts.TypeNode): string | number | undefined {
  if (node.kind === SyntaxKind.NumberKeyword) return 'number';
  if (node.kind !== SyntaxKind.LiteralType) return undefined;
  const value = (node as ts.LiteralTypeNode).literal;
  if (value.kind === SyntaxKind.NumericLiteral) return Number((value as ts.NumericLiteral).text);
  if (value.kind === SyntaxKind.StringLiteral) return (value as ts.StringLiteral).text;
  return undefined;
}

function nameOf(node: ts.PropertyName | undefined): string | undefined {
  switch (node?.kind) {
    case SyntaxKind.Identifier:
      return identifierText(node as ts.Identifier);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
      return (node as ts.StringLiteral).text;
    default:
      return undefined;
  }
}

function fieldsOf(members: readonly ts.TypeElement[]): TypeField[] {
  const fields: TypeField[] = [];
  for (const member of members) {
    const name = nameOf(member.name as ts.PropertyName | undefined);
    if (name === undefined) continue;
    if (member.kind === SyntaxKind.PropertySignature || member.kind === SyntaxKind.GetAccessor) {
      const type = typeOf((member as ts.PropertySignature).type);
      fields.push({ name, type, optional: member.questionToken !== undefined });
    } else if (member.kind === SyntaxKind.MethodSignature) {
      fields.push({ name, type: FUNCTION_TERM, optional: member.questionToken !== undefined });
    }
  }
  return fields;
}

function parametersOf(node: {
  readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration>;
}): string[] {
  return (node.typeParameters ?? []).map((parameter) => identifierText(parameter.name));
}

/** What a function's own type parameters extend, under their names. */
export function typeParametersOf(node: {
  readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined;
}): DeclaredType[] {
  return (node.typeParameters ?? []).map(({ name, constraint }) => ({
    name: identifierText(name),
    parameters: [],
    type: typeOf(constraint),
  }));
}

function heritage(node: ts.InterfaceDeclaration | ts.ClassLikeDeclaration): TypeTerm[] {
  const parents: TypeTerm[] = [];
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
    for (const type of clause.types) {
      if (type.expression.kind !== SyntaxKind.Identifier) return [UNKNOWN_TERM];
      parents.push({
        kind: 'reference',
        name: identifierText(type.expression as ts.Identifier),
        arguments: (type.typeArguments ?? []).map(typeOf),
      });
    }
  }
  return parents;
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

/** The type of a variable that is given this value and no type, where the value is a literal. */
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
      return alike ? { kind: 'array', element: NUMBER_TERM } : UNKNOWN_TERM;
    }
    default:
      return UNKNOWN_TERM;
  }
}

/** The types that a statement declares: interfaces, aliases, classes and enums, exported or not. */
export function typesOf(statements: readonly ts.Statement[]): DeclaredType[] {
  const types: DeclaredType[] = [];
  for (const statement of statements) {
    switch (statement.kind) {
      case SyntaxKind.TypeAliasDeclaration: {
        const alias = statement as ts.TypeAliasDeclaration;
        types.push({
          name: identifierText(alias.name),
          parameters: parametersOf(alias),
          type: typeOf(alias.type),
        });
        break;
      }
      case SyntaxKind.InterfaceDeclaration: {
        const declaration = statement as ts.InterfaceDeclaration;
        const callable = declaration.members.some((m) => m.kind === SyntaxKind.CallSignature);
        const own: TypeTerm = callable
          ? FUNCTION_TERM
          : { kind: 'object', fields: fieldsOf(declaration.members) };
        types.push({
          name: identifierText(declaration.name),
          parameters: parametersOf(declaration),
          type: inherit(own, heritage(declaration)),
        });
        break;
      }
      case SyntaxKind.ClassDeclaration: {
        const declaration = statement as ts.ClassDeclaration;
        if (declaration.name === undefined) break;
        const name = identifierText(declaration.name);
        const own: TypeTerm = { kind: 'object', fields: classFields(declaration), class: name };
        // The class's own name first: an instance has the prototype of the class named, not of its parent.
        types.push({
          name,
          parameters: parametersOf(declaration),
          type: inherit(own, heritage(declaration), { kind: 'object', fields: [], class: name }),
        });
        break;
      }
      case SyntaxKind.EnumDeclaration: {
        const declaration = statement as ts.EnumDeclaration;
        const strings = declaration.members.some((m) => m.initializer?.kind === SyntaxKind.StringLiteral);
        types.push({
          name: identifierText(declaration.name),
          parameters: [],
          type: strings ? UNKNOWN_TERM : NUMBER_TERM,
        });
        break;
      }
    }
  }
  return types;
}

function inherit(own: TypeTerm, parents: readonly TypeTerm[], first?: TypeTerm): TypeTerm {
  if (parents.length === 0) return own;
  return { kind: 'intersection', members: first ? [first, ...parents, own] : [...parents, own] };
}
