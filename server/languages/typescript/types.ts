/** Type syntax to type terms. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import {
  NUMBER_TERM,
  opaque,
  referenceTo,
  type TupleElement,
  type TypeField,
  type TypeParameter,
  type TypeTerm,
  valueName,
} from './declared.ts';
import { identifierText, SyntaxKind } from './parser.ts';

export const ANY_TERM: TypeTerm = { kind: 'shape', shape: UNKNOWN };
export const BOOLEAN_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'boolean' } };
export const STRING_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'string' } };
export const FUNCTION_TERM: TypeTerm = { kind: 'shape', shape: { kind: 'function' } };

/** Types that say what a value is not. */
const KEYWORDS: { readonly [kind: number]: string } = {
  [SyntaxKind.UnknownKeyword]: 'unknown',
  [SyntaxKind.ObjectKeyword]: 'object',
  [SyntaxKind.BigIntKeyword]: 'bigint',
  [SyntaxKind.SymbolKeyword]: 'symbol',
  [SyntaxKind.NeverKeyword]: 'never',
  [SyntaxKind.ThisType]: 'this',
};

/** Absent, as `any`: nothing is said. */
export function typeOf(node: ts.TypeNode | undefined): TypeTerm {
  switch (node?.kind) {
    case undefined:
    case SyntaxKind.AnyKeyword:
      return ANY_TERM;
    case SyntaxKind.NumberKeyword:
      return NUMBER_TERM;
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.TypePredicate:
      return BOOLEAN_TERM;
    case SyntaxKind.StringKeyword:
      return STRING_TERM;
    case SyntaxKind.TemplateLiteralType: {
      const { head, templateSpans } = node as ts.TemplateLiteralTypeNode;
      const parts = templateSpans.flatMap(({ type, literal }) => [typeOf(type), literal.text]);
      return { kind: 'template', parts: [head.text, ...parts] };
    }
    case SyntaxKind.InferType:
      return inferType(node as ts.InferTypeNode);
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
      const { operator, type } = node as ts.TypeOperatorNode;
      if (operator === SyntaxKind.ReadonlyKeyword) {
        const of = typeOf(type);
        return of.kind === 'array' || of.kind === 'tuple' ? { ...of, readonly: true } : of;
      }
      return operator === SyntaxKind.KeyOfKeyword
        ? { kind: 'keyof', of: typeOf(type) }
        : opaque('unique symbol');
    }
    case SyntaxKind.LiteralType:
      return literalType((node as ts.LiteralTypeNode).literal);
    case SyntaxKind.ArrayType:
      return { kind: 'array', element: typeOf((node as ts.ArrayTypeNode).elementType) };
    case SyntaxKind.TupleType:
      return { kind: 'tuple', elements: (node as ts.TupleTypeNode).elements.map(tupleElement) };
    case SyntaxKind.TypeLiteral:
      return membersOf((node as ts.TypeLiteralNode).members);
    case SyntaxKind.UnionType:
      return { kind: 'union', members: (node as ts.UnionTypeNode).types.map(typeOf) };
    case SyntaxKind.IntersectionType:
      return { kind: 'intersection', members: (node as ts.IntersectionTypeNode).types.map(typeOf) };
    case SyntaxKind.IndexedAccessType: {
      const { objectType, indexType } = node as ts.IndexedAccessTypeNode;
      return { kind: 'access', object: typeOf(objectType), key: typeOf(indexType) };
    }
    case SyntaxKind.TypeReference: {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode;
      const path = entityPath(typeName);
      if (path.length === 1 && path[0] === 'const') return ANY_TERM;
      return { kind: 'reference', path, arguments: (typeArguments ?? []).map(typeOf) };
    }
    case SyntaxKind.TypeQuery:
      return valueAt((node as ts.TypeQueryNode).exprName);
    case SyntaxKind.ImportType:
      return importType(node as ts.ImportTypeNode);
    case SyntaxKind.MappedType:
      return mappedType(node as ts.MappedTypeNode);
    case SyntaxKind.ConditionalType: {
      const { checkType, extendsType, trueType, falseType } = node as ts.ConditionalTypeNode;
      return {
        kind: 'conditional',
        check: typeOf(checkType),
        extends: typeOf(extendsType),
        then: typeOf(trueType),
        otherwise: typeOf(falseType),
      };
    }
    case SyntaxKind.JSDocAllType:
      return ANY_TERM;
    case SyntaxKind.JSDocNonNullableType:
    case SyntaxKind.JSDocOptionalType:
      return typeOf((node as ts.JSDocNonNullableType).type);
    case SyntaxKind.JSDocNullableType:
      return { kind: 'union', members: [typeOf((node as ts.JSDocNullableType).type), { kind: 'null' }] };
    case SyntaxKind.JSDocVariadicType:
      return { kind: 'array', element: typeOf((node as ts.JSDocVariadicType).type) };
    case SyntaxKind.JSDocFunctionType:
      return functionType(node as ts.JSDocFunctionType);
    default:
      return opaque(KEYWORDS[node!.kind] ?? '…');
  }
}

function functionType(node: ts.FunctionTypeNode | ts.JSDocFunctionType): TypeTerm {
  const parameters = node.parameters
    .filter((parameter) => (parameter.name as unknown) === undefined || !isThisParameter(parameter))
    .map((parameter) => typeOf(parameter.type));
  return { kind: 'function', parameters, returns: typeOf(node.type) };
}

export function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return node.name.kind === SyntaxKind.Identifier && identifierText(node.name as ts.Identifier) === 'this';
}

function literalType(node: ts.Node): TypeTerm {
  switch (node.kind) {
    case SyntaxKind.NumericLiteral:
      return { kind: 'literal', value: Number((node as ts.NumericLiteral).text) };
    case SyntaxKind.PrefixUnaryExpression: {
      const { operand } = node as ts.PrefixUnaryExpression;
      return operand.kind === SyntaxKind.NumericLiteral
        ? { kind: 'literal', value: -Number((operand as ts.NumericLiteral).text) }
        : opaque('bigint');
    }
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { kind: 'literal', value: (node as ts.StringLiteral).text };
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return { kind: 'literal', value: node.kind === SyntaxKind.TrueKeyword };
    case SyntaxKind.NullKeyword:
      return { kind: 'null' };
    default:
      return opaque('bigint');
  }
}

function tupleElement(node: ts.TypeNode | ts.NamedTupleMember): TupleElement {
  const named = node.kind === SyntaxKind.NamedTupleMember ? (node as ts.NamedTupleMember) : undefined;
  return {
    type: typeOf(node),
    optional: node.kind === SyntaxKind.OptionalType || named?.questionToken !== undefined,
    rest: node.kind === SyntaxKind.RestType || named?.dotDotDotToken !== undefined,
  };
}

/** `N.T`, `a.b`. */
function entityPath(node: ts.EntityName): string[] {
  if (node.kind === SyntaxKind.Identifier) return [identifierText(node as ts.Identifier)];
  const { left, right } = node as ts.QualifiedName;
  return [...entityPath(left), identifierText(right)];
}

/** `typeof a.b`. */
function valueAt(node: ts.EntityName): TypeTerm {
  const [root, ...keys] = entityPath(node);
  return accessed(referenceTo(valueName(root!)), keys);
}

const accessed = (root: TypeTerm, keys: readonly string[]): TypeTerm =>
  keys.reduce<TypeTerm>(
    (object, key) => ({ kind: 'access', object, key: { kind: 'literal', value: key } }),
    root,
  );

/** `import('./m').T`, `typeof import('./m').x`. */
function importType({ argument, qualifier, isTypeOf, typeArguments }: ts.ImportTypeNode): TypeTerm {
  const literal =
    argument.kind === SyntaxKind.LiteralType ? (argument as ts.LiteralTypeNode).literal : undefined;
  if (qualifier === undefined || literal?.kind !== SyntaxKind.StringLiteral) return opaque('import(…)');
  const specifier = (literal as ts.StringLiteral).text;
  const path = entityPath(qualifier);
  if (!isTypeOf) return { kind: 'reference', path, arguments: (typeArguments ?? []).map(typeOf), specifier };
  const [root, ...keys] = path;
  return accessed({ ...referenceTo(valueName(root!)), specifier } as TypeTerm, keys);
}

/** One with a constraint is not understood. */
function inferType({ typeParameter }: ts.InferTypeNode): TypeTerm {
  const name = identifierText(typeParameter.name);
  return typeParameter.constraint === undefined ? { kind: 'infer', name } : opaque(`infer ${name}`);
}

function mappedType({ typeParameter, nameType, questionToken, type }: ts.MappedTypeNode): TypeTerm {
  const parameter = identifierText(typeParameter.name);
  return {
    kind: 'mapped',
    parameter,
    keys: typeOf(typeParameter.constraint),
    type: typeOf(type),
    ...(nameType === undefined ? {} : { as: typeOf(nameType) }),
    ...(questionToken === undefined ? {} : { optional: questionToken.kind !== SyntaxKind.MinusToken }),
  };
}

export function nameOf(node: ts.PropertyName | undefined): string | undefined {
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

/** What is between the braces of an interface or type. */
export function membersOf(members: readonly ts.TypeElement[]): TypeTerm {
  if (members.some((m) => m.kind === SyntaxKind.CallSignature || m.kind === SyntaxKind.ConstructSignature))
    return FUNCTION_TERM;
  const fields: TypeField[] = [];
  let numbered: TypeTerm | undefined;
  let indexed = false;
  for (const member of members) {
    if (member.kind === SyntaxKind.IndexSignature) {
      const { parameters, type } = member as ts.IndexSignatureDeclaration;
      if (parameters[0]?.type?.kind === SyntaxKind.NumberKeyword) numbered = typeOf(type);
      else indexed = true;
      continue;
    }
    const name = nameOf(member.name as ts.PropertyName | undefined);
    if (name === undefined) continue;
    const optional = member.questionToken !== undefined;
    if (member.kind === SyntaxKind.PropertySignature || member.kind === SyntaxKind.GetAccessor)
      fields.push({ name, type: typeOf((member as ts.PropertySignature).type), optional });
    else if (member.kind === SyntaxKind.MethodSignature) fields.push({ name, type: FUNCTION_TERM, optional });
  }
  // What is like an array is taken to be one.
  if (numbered !== undefined && !indexed && fields.every(({ name }) => name === 'length'))
    return { kind: 'array', element: numbered };
  return { kind: 'object', fields, ...(indexed || numbered !== undefined ? { indexed: true } : {}) };
}

export function parametersOf(node: {
  readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined;
}): TypeParameter[] {
  return (node.typeParameters ?? []).map(({ name, constraint, default: given }) => {
    const otherwise = given ?? constraint;
    return {
      name: identifierText(name),
      ...(otherwise === undefined ? {} : { otherwise: typeOf(otherwise) }),
    };
  });
}
