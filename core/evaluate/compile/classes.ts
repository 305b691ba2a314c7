import type { ClassExpression, FunctionNode } from '../../source/syntax.ts';
import type { ClassParts, Closure, Evaluate, Field } from '../functions.ts';
import { Frame } from '../heap.ts';
import { JsFunction, JsObject, privateKey, privateName, Slot } from '../objects.ts';
import { get } from '../properties.ts';
import { bare, Poison, UNINITIALISED } from '../values.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { compileFunction } from './functions.ts';
import { compileKey } from './names.ts';
import { defineAccessor, methodNamed, nameAfter } from './objectLiterals.ts';
import type { Scope } from './scope.ts';

/** Class definitions (ECMA-262 §15.7.14). Private members are properties with keys of the class's own. */
export function compileClass(
  context: Context,
  outer: Scope,
  node: ClassExpression,
  given = node.name ?? '',
): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.nameSpan ?? node.span);
  const privates = new Map<string, symbol>();
  for (const { key } of node.members)
    if (typeof key === 'string' && key.startsWith('#') && !privates.has(key))
      privates.set(key, privateKey(key));
  const scope = outer.block(true, outer.inLoop, privates);
  const self = node.name === undefined ? undefined : scope.declare(node.name, true);
  const parent = node.parent && compileExpression(context, scope, node.parent);
  const constructorNode = node.constructor ?? emptyConstructor(node);
  const makeConstructor = compileFunction(context, scope, constructorNode, { method: true });
  const members = node.members.map((member) => ({
    kind: member.kind,
    static: member.static,
    keeps: member.keeps === true,
    site: siteOf(context, member.span),
    key: member.kind === 'block' ? () => '' : compileKey(context, scope, member.key, site),
    computed: typeof member.key !== 'string',
    make: member.value && compileFunction(context, scope, member.value, methodNamed(member.kind, member.key)),
  }));

  // What the rest of the definition would do must not be forgotten.
  const acts = node.members.some(
    (m) => m.kind === 'block' || typeof m.key !== 'string' || (m.static && m.value),
  );
  const unknown = (poison: Poison): Poison =>
    acts ? ev.refuse(poison.problem.id, poison.problem.message, poison.problem.location) : bare(poison);

  return (f) => {
    const slots = new Array(scope.layout.size).fill(UNINITIALISED);
    const frame = new Frame(slots, f, f.call, ev.store.epoch);
    const base = parent?.(frame);
    if (base instanceof Poison) return unknown(base);
    if (parent !== undefined && base !== null && !(base instanceof JsFunction)) {
      return ev.throwError('TypeError', 'Class extends value is not a constructor or null', site);
    }
    const baseProto = base instanceof JsFunction ? get(ev, base, 'prototype', site) : undefined;
    const prototype = ev.object(
      base === null ? null : baseProto instanceof JsObject ? baseProto : ev.realm.objectPrototype,
    );
    const constructor = makeConstructor(frame) as Closure;
    const parts: ClassParts = {
      derived: parent !== undefined && base !== null,
      text: node.text,
      fields: [],
      privates: undefined,
    };
    constructor.parts = parts;
    constructor.home = prototype;
    if (base instanceof JsFunction) constructor.proto = base;
    constructor.properties.set('name', new Slot({ value: given, configurable: true }));
    constructor.properties.set('prototype', new Slot({ value: prototype }));
    prototype.properties.set(
      'constructor',
      new Slot({ value: constructor, writable: true, configurable: true }),
    );
    if (self !== undefined) frame.slots[self.slot] = constructor;

    const fields: Field[] = [];
    const later: (() => void)[] = [];
    for (const member of members) {
      const home = member.static ? constructor : prototype;
      const key = member.key(frame);
      if (key instanceof Poison) return unknown(key);
      const name = typeof key === 'number' ? String(key) : key;
      const value = member.make?.(frame) as Closure | undefined;
      if (value !== undefined) value.home = home;
      if (member.computed && member.kind !== 'block') nameAfter(value, name, member.kind);
      switch (member.kind) {
        case 'method':
          // Private methods cannot be assigned to.
          home.properties.set(name, new Slot({ value, writable: !isPrivate(name), configurable: true }));
          break;
        case 'getter':
        case 'setter':
          defineAccessor(home, name, member.kind, value, false);
          break;
        case 'field':
          if (member.static) {
            later.push(() => {
              ev.own(constructor);
              constructor.properties.set(name, value && ev.call(value, constructor, [], member.site));
            });
          } else fields.push({ key: name, initialise: value, keeps: member.keeps });
          break;
        case 'block':
          later.push(() => void (value && ev.call(value, constructor, [], member.site)));
          break;
      }
    }
    parts.fields = fields;
    parts.privates = privates;
    for (const run of later) run();
    return constructor;
  };
}

function isPrivate(key: string | symbol): boolean {
  return privateName(key) !== undefined;
}

/** `constructor(...args) { super(...args); }` or `constructor() {}`. */
function emptyConstructor(node: ClassExpression): FunctionNode {
  const span = node.nameSpan ?? node.span;
  const args = { kind: 'name', name: 'args', span } as const;
  const derived = node.parent !== undefined;
  return {
    span,
    name: node.name,
    parameters: derived
      ? [{ span, target: args, rest: true, optional: false, name: 'args', shape: { kind: 'unknown' } }]
      : [],
    body: {
      kind: 'block',
      span,
      scope: [],
      functions: [],
      statements: derived
        ? [
            {
              kind: 'expression',
              span,
              expression: { kind: 'superCall', span, arguments: [{ kind: 'spread', span, argument: args }] },
            },
          ]
        : [],
    },
    vars: [],
    arrow: false,
    strict: true,
    generator: false,
    async: false,
    usesArguments: false,
    usesThis: true,
    ...(derived ? { derived: true as const } : {}),
    returns: { kind: 'unknown' },
  };
}
