/** ArrayBuffer and DataView (ECMA-262 §25.1, §25.3). */
import { prototypeFor } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { BYTES, copyBuffer, getBytes, JsArrayBuffer, JsDataView, setBytes } from '../memory.ts';
import { JsObject, JsTypedArray, Slot, type TypedKind } from '../objects.ts';
import { truth } from '../operators.ts';
import { Poison, type Value } from '../values.ts';
import { integer, relative } from './arrays.ts';
import { here } from './here.ts';
import { constructor, getter, method, type Realm } from './realm.ts';

export function installBuffers(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const wrong = (self: Value, name: string): never =>
    self instanceof Poison
      ? ev.refuse(self.problem.id, self.problem.message, self.problem.location)
      : ev.throwError('TypeError', `this is not ${name}`, site());
  const needsNew = (name: string, newTarget: JsObject | undefined): JsObject =>
    newTarget ?? ev.throwError('TypeError', `Constructor ${name} requires 'new'`, site());

  const proto = realm.arrayBufferPrototype;
  const buffer = constructor(realm, 'ArrayBuffer', proto, (_s, [length], newTarget) => {
    const target = needsNew('ArrayBuffer', newTarget);
    const bytes = integer(ev, length, 0);
    if (bytes < 0 || bytes > 2 ** 33)
      return ev.throwError('RangeError', 'Array buffer allocation failed', site());
    ev.charge(bytes / 8, site());
    return new JsArrayBuffer(prototypeFor(ev, target, proto, site()), ev.store.epoch, bytes);
  });
  const memory = (self: Value): JsArrayBuffer =>
    self instanceof JsArrayBuffer ? self : wrong(self, 'an ArrayBuffer');
  proto.properties.set(Symbol.toStringTag, new Slot({ value: 'ArrayBuffer', configurable: true }));
  method(
    realm,
    buffer,
    'isView',
    (_s, [value]) => value instanceof JsTypedArray || value instanceof JsDataView,
  );
  getter(realm, buffer, Symbol.species, (self) => self);
  getter(realm, proto, 'byteLength', (self) => memory(self).byteLength);
  getter(realm, proto, 'maxByteLength', (self) => memory(self).byteLength);
  getter(realm, proto, 'resizable', (self) => memory(self).byteLength < 0);
  method(realm, proto, 'slice', (self, [from, to]) => {
    const { byteLength } = memory(self);
    return copyBuffer(
      ev,
      memory(self),
      relative(ev, from, byteLength, 0),
      relative(ev, to, byteLength, byteLength),
      site(),
    );
  });

  const viewProto = new JsObject(realm.objectPrototype, 0);
  constructor(realm, 'DataView', viewProto, (_s, [source, from, length], newTarget) => {
    const target = needsNew('DataView', newTarget);
    if (source instanceof Poison) return source;
    const of = memory(source);
    const start = integer(ev, from, 0);
    if (start < 0 || start > of.byteLength)
      return ev.throwError('RangeError', 'Start offset is outside the bounds of the buffer', site());
    const bytes = length === undefined ? of.byteLength - start : integer(ev, length, 0);
    if (bytes < 0 || start + bytes > of.byteLength)
      return ev.throwError('RangeError', 'Invalid DataView length', site());
    return new JsDataView(prototypeFor(ev, target, viewProto, site()), ev.store.epoch, of, start, bytes);
  });
  viewProto.properties.set(Symbol.toStringTag, new Slot({ value: 'DataView', configurable: true }));
  const view = (self: Value): JsDataView => (self instanceof JsDataView ? self : wrong(self, 'a DataView'));
  getter(realm, viewProto, 'buffer', (self) => view(self).memory);
  getter(realm, viewProto, 'byteLength', (self) => view(self).byteLength);
  getter(realm, viewProto, 'byteOffset', (self) => view(self).byteOffset);
  const place = (self: Value, at: Value, kind: TypedKind): number => {
    const index = integer(ev, at, 0);
    if (index < 0 || index + BYTES[kind] > view(self).byteLength)
      ev.throwError('RangeError', 'Offset is outside the bounds of the DataView', site());
    return view(self).byteOffset + index;
  };
  for (const kind of Object.keys(BYTES) as TypedKind[]) {
    if (kind === 'Uint8ClampedArray') continue;
    const name = kind.slice(0, -'Array'.length);
    method(realm, viewProto, `get${name}`, (self, [at, little]) =>
      getBytes(
        ev,
        view(self).memory,
        kind,
        place(self, at, kind),
        truth(ev, little, site()) === true,
        site(),
      ),
    );
    method(realm, viewProto, `set${name}`, (self, [at, value, little]) => {
      const { memory: of } = view(self);
      const where = place(self, at, kind);
      setBytes(ev, of, kind, where, value, truth(ev, little, site()) === true, site());
      return undefined;
    });
  }
}
