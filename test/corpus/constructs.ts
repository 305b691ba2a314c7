/** Which constructs a function's own text contains: what the report counts by. */
import * as ts from 'typescript';

const BIT_OPERATORS = new Set(
  [
    ...[ts.SyntaxKind.AmpersandToken, ts.SyntaxKind.BarToken, ts.SyntaxKind.CaretToken],
    ...[ts.SyntaxKind.LessThanLessThanToken, ts.SyntaxKind.GreaterThanGreaterThanToken],
    ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ].map(Number),
);
const CALLBACKS = /^(?:map|reduce|forEach|filter|some|every|find|sort|flatMap|from)$/;

const KINDS = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.IfStatement, 'branch'],
  [ts.SyntaxKind.ConditionalExpression, 'branch'],
  [ts.SyntaxKind.ForStatement, 'for'],
  [ts.SyntaxKind.ForOfStatement, 'for-of'],
  [ts.SyntaxKind.ForInStatement, 'for-in'],
  [ts.SyntaxKind.WhileStatement, 'while'],
  [ts.SyntaxKind.DoStatement, 'while'],
  [ts.SyntaxKind.SwitchStatement, 'switch'],
  [ts.SyntaxKind.TryStatement, 'try'],
  [ts.SyntaxKind.ArrowFunction, 'arrow'],
  [ts.SyntaxKind.ArrayLiteralExpression, 'array'],
  [ts.SyntaxKind.ElementAccessExpression, 'array'],
  [ts.SyntaxKind.ObjectLiteralExpression, 'object'],
  [ts.SyntaxKind.SpreadElement, 'spread'],
  [ts.SyntaxKind.SpreadAssignment, 'spread'],
  [ts.SyntaxKind.ObjectBindingPattern, 'destructuring'],
  [ts.SyntaxKind.ArrayBindingPattern, 'destructuring'],
  [ts.SyntaxKind.ThisKeyword, 'this'],
  [ts.SyntaxKind.FunctionExpression, 'closure'],
  [ts.SyntaxKind.NewExpression, 'new'],
  [ts.SyntaxKind.YieldExpression, 'generator'],
  [ts.SyntaxKind.RegularExpressionLiteral, 'RegExp'],
  [ts.SyntaxKind.TemplateExpression, 'text'],
]);

export function constructsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = KINDS.get(node.kind);
    if (name !== undefined) found.add(name);
    if (ts.isIdentifier(node)) identifier(node.text, found);
    if (ts.isBinaryExpression(node)) binary(node, found);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (CALLBACKS.test(node.expression.name.text)) found.add('higher-order');
    }
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
        found.add('mutation');
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(own(parse(text)), visit);
  return found;
}

/** A method's text stands alone in no grammar: it is put into an object or a class first. */
function parse(text: string): ts.SourceFile {
  const forms = [`(${text})`, `({${text}})`, `(class {${text}})`];
  const parsed = forms.map((form) => ts.createSourceFile('f.js', form, ts.ScriptTarget.Latest));
  const errors = (file: ts.SourceFile) =>
    (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length;
  return parsed.find((file) => errors(file) === 0) ?? parsed[0]!;
}

/** The function itself, out of what it was put into. */
function own(file: ts.SourceFile): ts.Node {
  const [statement] = file.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return file;
  const inner = ts.isParenthesizedExpression(statement.expression)
    ? statement.expression.expression
    : statement;
  if (ts.isObjectLiteralExpression(inner)) return inner.properties[0] ?? inner;
  return ts.isClassExpression(inner) && /^\(class \{/.test(file.text) ? (inner.members[0] ?? inner) : inner;
}

function identifier(name: string, found: Set<string>): void {
  if (name === 'Date') found.add('Date');
  if (name === 'arguments') found.add('arguments');
  if (/^(?:Float|Int|Uint)\d+(?:Clamped)?Array$/.test(name)) found.add('typed array');
}

function binary(node: ts.BinaryExpression, found: Set<string>): void {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.PercentToken) found.add('%');
  if (kind === ts.SyntaxKind.AsteriskAsteriskToken) found.add('**');
  if (BIT_OPERATORS.has(kind)) found.add('bits');
  const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  if (assigns) found.add(ts.isIdentifier(node.left) ? 'assignment' : 'mutation');
}
