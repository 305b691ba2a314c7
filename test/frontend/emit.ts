/**
 * Writes core-language trees back as JavaScript, so that tests can run what was lowered in the host's own engine and
 * compare it with the original. Scopes become `let` at the head of their blocks; the temporal dead zone is not kept.
 */
import type {
  Block,
  ClassExpression,
  ClassMember,
  Expression,
  FunctionNode,
  Loop,
  ModuleStatement,
  ObjectMember,
  Parameter,
  Pattern,
  PatternElement,
  Spread,
  Statement,
} from '../../core/source/syntax.ts';

const id = (name: string): string =>
  name === 'default' || name === 'export=' ? '$_' + name.replace('=', '') : name.replace('%', '$_');

const PRIMARY = new Set(['name', 'this', 'member', 'superMember', 'call', 'superCall', 'template', 'array']);

function operand(e: Expression): string {
  return PRIMARY.has(e.kind) ? expression(e) : `(${expression(e)})`;
}

/** An operand of a chain: an OptionalChain in it was ended by parentheses. */
const list = (args: readonly (Expression | Spread)[]): string => args.map(item).join(', ');
const item = (e: Expression | Spread): string =>
  e.kind === 'spread' ? `...(${expression(e.argument)})` : `(${expression(e)})`;

function access(key: string | Expression, optional: boolean): string {
  if (typeof key !== 'string') return `${optional ? '?.' : ''}[${expression(key)}]`;
  if (/^#?[\w$%]+$/.test(key) && !/^\d/.test(key)) return `${optional ? '?.' : '.'}${id2(key)}`;
  return `${optional ? '?.' : ''}[${JSON.stringify(key)}]`;
}
const id2 = (key: string): string => key.replace('%', '$_');

function keyText(key: string | Expression): string {
  if (typeof key !== 'string') return `[${expression(key)}]`;
  return key.startsWith('#') ? id2(key) : JSON.stringify(key);
}

export function expression(e: Expression): string {
  switch (e.kind) {
    case 'literal':
      if (typeof e.value === 'bigint') return `${e.value}n`;
      if (typeof e.value === 'string') return JSON.stringify(e.value);
      return String(e.value);
    case 'template':
      return `[${e.text
        .flatMap((t, i) => [
          JSON.stringify(t),
          ...(i < e.values.length ? ['`${' + expression(e.values[i]!) + '}`'] : []),
        ])
        .join(', ')}].join('')`;
    case 'regexp':
      return `/${e.pattern}/${e.flags}`;
    case 'name':
      return id(e.name);
    case 'member':
      return operand(e.object) + access(e.key, e.optional === true);
    case 'superMember':
      return `super${access(e.key, false)}`;
    case 'this':
      return 'this';
    case 'newTarget':
      return 'new.target';
    case 'assign':
      return `(${pattern(e.target)} ${e.operator ?? ''}= ${expression(e.value)})`;
    case 'update':
      return e.prefix ? `(${e.operator}${pattern(e.target)})` : `(${pattern(e.target)}${e.operator})`;
    case 'call':
      if (e.self) return `${operand(e.callee)}.call(${expression(e.self)}, ${list(e.arguments)})`;
      return `${operand(e.callee)}${e.optional ? '?.' : ''}(${list(e.arguments)})`;
    case 'construct':
      return `(new (${expression(e.callee)})(${list(e.arguments)}))`;
    case 'superCall':
      return `super(${list(e.arguments)})`;
    case 'unary':
      return `(${e.operator} (${expression(e.argument)}))`;
    case 'binary':
    case 'logical':
      return binary(e);
    case 'conditional':
      return `((${expression(e.test)}) ? (${expression(e.then)}) : (${expression(e.else)}))`;
    case 'sequence':
      return `(${e.expressions.map((x) => `(${expression(x)})`).join(', ')})`;
    case 'array':
      return `[${e.elements.map((x) => (x === null ? '' : item(x)) + ',').join('')}]`;
    case 'object':
      return `({${e.members.map(member).join(', ')}})`;
    case 'function':
      return `(${functionText(e.function, e.function.name ?? '')})`;
    case 'class':
      return `(${classText(e)})`;
    case 'chain':
      return `(${expression(e.expression)})`;
    case 'delete':
      return `(delete ${expression(e.target)})`;
    case 'typeof':
      return `(typeof ${operand(e.argument)})`;
    case 'yield':
      return `(yield${e.delegate ? '*' : ''} ${e.argument ? expression(e.argument) : ''})`;
    case 'unsupported':
      return `$unsupported(${JSON.stringify(e.message)})`;
  }
}

/** Long chains grow to the left: no recursion down them. */
function binary(e: Expression): string {
  const right: string[] = [];
  let node = e;
  while (node.kind === 'binary' || node.kind === 'logical') {
    const left = node.left.kind === 'name' && node.left.name.startsWith('#') ? node.left.name : undefined;
    if (left) return `(${left} in (${expression(node.right)}))${right.reverse().join('')}`;
    right.push(` ${node.operator} (${expression(node.right)}))`);
    node = node.left;
  }
  return '('.repeat(right.length) + `(${expression(node)})` + right.reverse().join('');
}

function member(m: ObjectMember): string {
  switch (m.kind) {
    case 'spread':
      return `...(${expression(m.argument)})`;
    case 'prototype':
      return `__proto__: ${expression(m.value)}`;
    case 'property':
      return `${keyText(m.key)}: ${bare(m.value)}`;
    case 'method':
      return (m.value.function.generator ? '*' : '') + keyText(m.key) + signature(m.value.function);
    case 'getter':
      return `get ${keyText(m.key)}${signature(m.value.function)}`;
    case 'setter':
      return `set ${keyText(m.key)}${signature(m.value.function)}`;
  }
}

/** Without the parentheses that would hinder the naming of functions. */
function bare(e: Expression): string {
  if (e.kind === 'function') return functionText(e.function, e.function.name ?? '');
  if (e.kind === 'class') return classText(e);
  return expression(e);
}

function parameter(p: Parameter): string {
  const target = (p.rest ? '...' : '') + pattern(p.target);
  return p.default ? `${target} = ${bare(p.default)}` : target;
}

function signature(f: FunctionNode): string {
  return `(${f.parameters.map(parameter).join(', ')}) ${body(f)}`;
}

function body(f: FunctionNode): string {
  const vars = f.vars.length ? `var ${f.vars.map(id).join(', ')};` : '';
  return `{ ${vars} ${inside(f.body)} }`;
}

function functionText(f: FunctionNode, name: string): string {
  if (f.arrow) return `(${f.parameters.map(parameter).join(', ')}) => ${body(f)}`;
  return `function${f.generator ? '*' : ''} ${id(name)}${signature(f)}`;
}

function classText(c: ClassExpression): string {
  const parts: string[] = [];
  if (c.constructor) parts.push(`constructor${signature(c.constructor)}`);
  for (const m of c.members) parts.push(classMember(m));
  const heritage = c.parent ? ` extends (${expression(c.parent)})` : '';
  return `class ${c.name ? id(c.name) : ''}${heritage} { ${parts.join(' ')} }`;
}

function classMember(m: ClassMember): string {
  const prefix = m.static ? 'static ' : '';
  switch (m.kind) {
    case 'block':
      return `static ${body(m.value!)}`;
    case 'field': {
      const only = m.value?.body.statements[0];
      const value = only?.kind === 'return' && only.value ? ` = ${bare(only.value)}` : '';
      return `${prefix}${keyText(m.key)}${value};`;
    }
    case 'method':
      return prefix + (m.value!.generator ? '*' : '') + keyText(m.key) + signature(m.value!);
    default:
      return `${prefix}${m.kind === 'getter' ? 'get' : 'set'} ${keyText(m.key)}${signature(m.value!)}`;
  }
}

export function pattern(p: Pattern): string {
  switch (p.kind) {
    case 'arrayPattern': {
      const elements = p.elements.map((e) => (e === null ? '' : element(e)) + ',').join('');
      return `[${elements}${p.rest ? '...' + pattern(p.rest) : ''}]`;
    }
    case 'objectPattern': {
      const properties = p.properties.map((e) => `${keyText(e.key)}: ${element(e)}`);
      return `{${[...properties, ...(p.rest ? ['...' + pattern(p.rest)] : [])].join(', ')}}`;
    }
    case 'unsupported':
      return `${expression(p)}.target`;
    default:
      return expression(p);
  }
}

function element(e: PatternElement): string {
  return e.default ? `${pattern(e.target)} = ${bare(e.default)}` : pattern(e.target);
}

function loopIn(s: Statement): Loop | undefined {
  return s.kind === 'loop' ? s : s.kind === 'labelled' ? loopIn(s.body) : undefined;
}

function functions(nodes: readonly FunctionNode[]): string {
  // Through an object: named, but without a binding of its own inside.
  return nodes
    .map((f) => `${id(f.name!)} = ({${id(f.name!)}: ${functionText(f, '')}}).${id(f.name!)};`)
    .join(' ');
}

function inside(b: Block): string {
  // JavaScript hoists a function in a block itself: it is written as the variable alone.
  const hoisted = b.statements.flatMap((s) =>
    s.kind === 'declare' && s.outermost && s.target.kind === 'name' ? [s.target.name] : [],
  );
  const own = b.scope.filter((entry) => !hoisted.includes(entry.name));
  const names = own.map((entry) => id(entry.name));
  const statements = b.statements.map((s) => {
    const copies = loopIn(s)?.perIteration ?? [];
    return copies.map((name) => `const $c_${name} = ${name};`).join(' ') + statement(s);
  });
  const head = names.length ? `let ${names.join(', ')};` : '';
  return [head, functions(b.functions), ...statements].join('\n');
}

export function statement(s: Statement): string {
  switch (s.kind) {
    case 'expression':
      return `(${expression(s.expression)});`;
    case 'declare':
      return s.target.kind === 'name'
        ? `${id(s.target.name)} = ${bare(s.value)};`
        : `(${pattern(s.target)} = ${expression(s.value)});`;
    case 'block':
      return `{ ${inside(s)} }`;
    case 'if':
      return `if (${expression(s.test)}) { ${statement(s.then)} }${s.else ? ` else { ${statement(s.else)} }` : ''}`;
    case 'loop': {
      if (s.form === 'do') return `do { ${statement(s.body)} } while (${expression(s.test!)});`;
      const copies = s.perIteration.map((name) => `${name} = $c_${name}`).join(', ');
      const head = copies ? `let ${copies}` : '';
      const test = s.test ? expression(s.test) : '';
      return `for (${head}; ${test}; ${s.update ? expression(s.update) : ''}) { ${statement(s.body)} }`;
    }
    case 'forOf':
    case 'forIn': {
      const head = s.scope.length ? 'let ' : '';
      const [word, over] = s.kind === 'forOf' ? ['of', s.iterable] : ['in', s.object];
      return `for (${head}${pattern(s.target)} ${word} (${expression(over)})) { ${statement(s.body)} }`;
    }
    case 'labelled':
      return `${id(s.label)}: ${statement(s.body)}`;
    case 'return':
      return s.value ? `return (${expression(s.value)});` : 'return;';
    case 'break':
    case 'continue':
      return `${s.kind}${s.label ? ' ' + id(s.label) : ''};`;
    case 'throw':
      return `throw (${expression(s.value)});`;
    case 'try': {
      const handler = s.handler
        ? `catch ${s.handler.target ? `(${pattern(s.handler.target)})` : ''} { ${inside(s.handler.body)} }`
        : '';
      return `try { ${inside(s.body)} } ${handler} ${s.finally ? `finally { ${inside(s.finally)} }` : ''}`;
    }
    case 'suspend':
      throw new Error('front ends do not make this');
    case 'unsupportedStatement':
      return `$unsupported(${JSON.stringify(s.message)});`;
  }
}

/** A whole script or module; its exports (of its own names) are put into `exports`. */
export function moduleText(m: ModuleStatement): string {
  const names = [...new Set(m.declares.map((entry) => id(entry.name)))];
  const exported = m.exports
    .filter((e) => e.local !== undefined)
    .map((e) => `exports[${JSON.stringify(e.exported)}] = ${id(e.local!)};`);
  return [
    m.strict ? "'use strict';" : '',
    'function $unsupported(message) { throw new Error(message); }',
    names.length ? `var ${names.join(', ')};` : '',
    functions(m.functions),
    ...m.statements.map(statement),
    ...exported,
  ].join('\n');
}
