/** A module as an object: what `import * as` binds, and what `require` gives of an ES module. */
import type { Evaluator } from '../evaluator.ts';
import type { Cell } from '../heap.ts';
import type { ModuleInstance } from '../module.ts';
import { JsObject, Slot } from '../objects.ts';
import { get } from '../properties.ts';
import { Poison, type Site, UNINITIALISED, type Value } from '../values.ts';

/** A read-only property whose value is found when it is read: bindings are live. */
function liveSlot(read: () => Value): Slot {
  const slot = new Slot({ writable: true, enumerable: true });
  Object.defineProperty(slot, 'value', { get: read, set: () => undefined });
  return slot;
}

/** An ES module's exports in the order of their names (ECMA-262 §10.4.6). */
export function namespaceObject(ev: Evaluator, module: ModuleInstance, site: Site): JsObject {
  const object = new JsObject(null, ev.store.epoch, 'Module');
  for (const name of [...module.exportNames()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    let cell: Cell | undefined;
    const read = (): Value => {
      cell ??= module.exportCell(name);
      if (cell === undefined) return undefined;
      return cell.value === UNINITIALISED
        ? ev.throwError('ReferenceError', `Cannot access '${name}' before initialization`, site)
        : cell.value;
    };
    object.properties.set(name, liveSlot(read));
  }
  object.extensible = false;
  object.sealed = true;
  return object;
}

/** An ES module as the CommonJS code of transpilers sees it. */
export function interopObject(ev: Evaluator, module: ModuleInstance, site: Site): JsObject {
  const object = namespaceObject(ev, module, site);
  object.proto = ev.realm.objectPrototype;
  object.properties.set('__esModule', new Slot({ value: true }));
  return object;
}

/** A CommonJS module's exports with the whole as `default`. */
export function commonNamespace(ev: Evaluator, module: ModuleInstance, site: Site): JsObject {
  const { exports } = module;
  const object = new JsObject(null, ev.store.epoch, 'Module');
  const names = new Set([...module.commonNames(), 'default']);
  for (const name of [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const native = module.source?.native === true;
    const read = (): Value => {
      const cell = module.commonCell(name, native);
      return cell === undefined ? undefined : cell.value;
    };
    object.properties.set(name, liveSlot(read));
  }
  if (exports instanceof JsObject && exports.outside !== undefined) object.outside = exports.outside;
  if (exports instanceof Poison) object.outside = () => exports;
  const marked = exports instanceof JsObject ? get(ev, exports, '__esModule', site) : undefined;
  if (marked === true) object.properties.set('__esModule', new Slot({ value: true }));
  object.extensible = false;
  object.sealed = true;
  return object;
}
