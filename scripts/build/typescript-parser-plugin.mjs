// @ts-check
// TypeScript's npm package is one CommonJS file of 9 MB whose top level runs the compiler, the checker and the language
// service together, so that no bundler can take the parser out of it. This plugin hands esbuild the same code as an ES
// module in which every top-level statement either declares something or is gone:
//
//   - `__export(typescript_exports, { a: () => a, … })` becomes `export { a, … }`;
//   - a statement that only completes a variable (`((Debug2) => {…})(Debug || (Debug = {}))`, `_Version.zero = …`,
//     `__export(namespace, {…})`) moves into that variable's initialiser;
//   - an initialiser that computes something is wrapped in a call marked pure;
//   - the table of messages becomes a variable for each message, so that those nobody uses go;
//   - what registers itself with the language service (`registerCodeFix(…)`, `setObjectAllocator(…)`) is dropped.
//
// Tree shaking does the rest: some 450 KB (minified) remain of the parser, module resolution and tsconfig parsing. Such a build
// lacks the services' node classes: `Identifier.escapedText` is there, `Identifier.text` is not.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { root } from '../lib/process.mjs';

const typescriptFile = path.join(root, 'node_modules', 'typescript', 'lib', 'typescript.js');

/** esbuild can tell that evaluating this does nothing. @param {ts.Expression} node @returns {boolean} */
function isInert(node) {
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (ts.isClassExpression(node)) {
    const bases = node.heritageClauses?.flatMap((clause) => [...clause.types]) ?? [];
    return bases.every((base) => ts.isIdentifier(base.expression)) && node.members.every(isInertMember);
  }
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  if (ts.isParenthesizedExpression(node)) return isInert(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isInert);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (property) =>
        ts.isShorthandPropertyAssignment(property) ||
        (ts.isMethodDeclaration(property) && !ts.isComputedPropertyName(property.name)) ||
        (ts.isPropertyAssignment(property) &&
          !ts.isComputedPropertyName(property.name) &&
          isInert(property.initializer)),
    );
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

/** @param {ts.ClassElement} member */
function isInertMember(member) {
  if (member.name !== undefined && ts.isComputedPropertyName(member.name)) return false;
  return (
    !ts.isClassStaticBlockDeclaration(member) &&
    !(
      ts.isPropertyDeclaration(member) &&
      member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    )
  );
}

/** The variable that a top-level expression statement completes. @param {ts.Expression} expression */
function completedVariable(expression) {
  if (ts.isCallExpression(expression)) {
    const [argument] = expression.arguments;
    // __export(name, {…})
    if (ts.isIdentifier(expression.expression) && expression.expression.text === '__export')
      return argument !== undefined && ts.isIdentifier(argument) ? argument.text : undefined;
    // ((name2) => {…})(name || (name = {}))
    if (
      ts.isParenthesizedExpression(expression.expression) &&
      argument !== undefined &&
      ts.isBinaryExpression(argument) &&
      ts.isIdentifier(argument.left)
    )
      return argument.left.text;
    return undefined;
  }
  // name.property = …
  return ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(expression.left) &&
    ts.isIdentifier(expression.left.expression)
    ? expression.left.expression.text
    : undefined;
}

/** The body of `((module) => { … })(…)`, which is all of the file. @param {ts.SourceFile} file */
function wrappedStatements(file) {
  for (const statement of file.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) continue;
    const callee = statement.expression.expression;
    if (!ts.isParenthesizedExpression(callee) || !ts.isArrowFunction(callee.expression)) continue;
    if (ts.isBlock(callee.expression.body)) return callee.expression.body.statements;
  }
  throw new Error(`${typescriptFile} is not built as expected; the plugin must follow`);
}

/** `{ a: () => b }` as the export list `b as a`. @param {ts.Expression | undefined} table */
function exportList(table) {
  if (table === undefined || !ts.isObjectLiteralExpression(table)) throw new Error('no export table');
  return table.properties.map((property) => {
    if (!ts.isPropertyAssignment(property) || !ts.isArrowFunction(property.initializer))
      throw new Error('an entry of the export table is no arrow function');
    const { body } = property.initializer;
    if (!ts.isIdentifier(body) || !ts.isIdentifier(property.name)) throw new Error('an export is no name');
    return body.text === property.name.text ? body.text : `${body.text} as ${property.name.text}`;
  });
}

/**
 * The table `{ A: diag(code, category, "A_code", "text"), … }` as a variable for each message. The third argument is the
 * key of a translation, of which there are none here.
 * @param {ts.Expression | undefined} table
 * @param {(node: ts.Node) => string} sourceOf
 */
function messageVariables(table, sourceOf) {
  if (table === undefined || !ts.isObjectLiteralExpression(table)) throw new Error('no table of messages');
  const lines = table.properties.map((property) => {
    if (
      !ts.isPropertyAssignment(property) ||
      !ts.isIdentifier(property.name) ||
      !ts.isCallExpression(property.initializer)
    )
      throw new Error('an entry of the table of messages is no call');
    const [code, category, , ...rest] = property.initializer.arguments.map(sourceOf);
    return `var Diagnostics_${property.name.text} = /* @__PURE__ */ diag(${[code, category, '""', ...rest].join(', ')});`;
  });
  const entries = table.properties.map(
    ({ name }) => name && `${sourceOf(name)}: Diagnostics_${sourceOf(name)}`,
  );
  return [...lines, `var Diagnostics = { ${entries.join(', ')} };`].join('\n');
}

/** TypeScript's compiler as a side-effect-free ES module. @param {string} text lib/typescript.js */
export function asShakableModule(text) {
  const file = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const statements = wrappedStatements(file);
  const sourceOf = (/** @type {ts.Node} */ node) => text.slice(node.getStart(file), node.end);

  /** What completes each variable, and the last statement that does. @type {Map<string, ts.ExpressionStatement[]>} */
  const completions = new Map();
  /** @type {string[]} */
  let exported = [];
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const name = completedVariable(statement.expression);
    if (name === 'typescript_exports' && ts.isCallExpression(statement.expression))
      exported = exportList(statement.expression.arguments[1]);
    else if (name !== undefined) completions.set(name, [...(completions.get(name) ?? []), statement]);
  }
  if (exported.length === 0) throw new Error(`${typescriptFile} has no export table; the plugin must follow`);

  /** @type {Map<string, string>} */
  const initialisers = new Map();
  const output = [/^\/\*![\s\S]*?\*\//.exec(text)?.[0] ?? ''];
  const pure = (/** @type {string} */ body) => `/* @__PURE__ */ (() => ${body})()`;
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement)) output.push(sourceOf(statement));
    else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) throw new Error('a top-level pattern');
        const { text: name } = declaration.name;
        const { initializer } = declaration;
        const source = initializer === undefined ? '' : ` = ${sourceOf(initializer)}`;
        if (name === 'Diagnostics') output.push(messageVariables(initializer, sourceOf));
        else if (completions.has(name)) initialisers.set(name, source);
        else if (initializer === undefined || isInert(initializer) || isMarkedPure(text, initializer))
          output.push(
            `var ${name} = ${initializer === undefined ? 'void 0' : text.slice(initializer.pos, initializer.end)};`,
          );
        else output.push(`var ${name} = ${pure(`(${sourceOf(initializer)})`)};`);
      }
    } else if (ts.isExpressionStatement(statement)) {
      const name = completedVariable(statement.expression);
      const all = name === undefined ? undefined : completions.get(name);
      // A variable's completions stand together, so moving them to the last of them changes nothing.
      if (name === undefined || all?.at(-1) !== statement || !initialisers.has(name)) continue;
      const body = all.map(sourceOf).join('\n');
      output.push(
        `var ${name} = ${pure(`{ var ${name}${initialisers.get(name)};\n${body}\nreturn ${name}; }`)};`,
      );
    }
  }
  output.push(`export { ${exported.join(', ')} };`);
  return output.join('\n').replaceAll(/\bDiagnostics\.(\w+)/g, 'Diagnostics_$1');
}

/** An enumeration as TypeScript's own build leaves it. @param {string} text @param {ts.Expression} initializer */
function isMarkedPure(text, initializer) {
  return (
    ts.isCallExpression(initializer) &&
    text.slice(initializer.pos, initializer.pos + 20).includes('@__PURE__') &&
    initializer.arguments.every(
      (argument) =>
        ts.isBinaryExpression(argument) &&
        ts.isIdentifier(argument.left) &&
        ts.isObjectLiteralExpression(argument.right),
    )
  );
}

/** The module's text, kept in the cache by the versions of TypeScript and of this file. */
function cachedModule() {
  const self = fs.statSync(fileURLToPath(import.meta.url)).mtimeMs;
  const cached = path.join(root, '.cache', `typescript-parser-${ts.version}.mjs`);
  if (fs.existsSync(cached) && fs.statSync(cached).mtimeMs > self) return fs.readFileSync(cached, 'utf8');
  const module = asShakableModule(fs.readFileSync(typescriptFile, 'utf8'));
  fs.mkdirSync(path.dirname(cached), { recursive: true });
  const unique = `${cached}.${process.pid}`;
  fs.writeFileSync(unique, module);
  fs.renameSync(unique, cached);
  return module;
}

/** Replaces `import … from 'typescript'`. @returns {import('esbuild').Plugin} */
export function typescriptParser() {
  return {
    name: 'typescript-parser',
    setup(build) {
      build.onResolve({ filter: /^typescript$/ }, () => ({
        path: 'typescript',
        namespace: 'typescript-parser',
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace: 'typescript-parser' }, () => ({
        contents: cachedModule(),
        loader: 'js',
        resolveDir: path.dirname(typescriptFile),
      }));
    },
  };
}
