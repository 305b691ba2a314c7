/** Error and its kin (ECMA-262 §20.5). What a stack says is the host's business: it is unknown here. */
import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { JsObject, Slot } from '../objects.ts';
import { toText } from '../operators.ts';
import { get, hasProperty } from '../properties.ts';
import { Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, type ErrorType, method, type Realm } from './realm.ts';
import { known, losing } from './texts.ts';

export function installErrors(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const hidden = (error: JsObject, name: string, value: Value): void => {
    error.properties.set(name, new Slot({ value, writable: true, configurable: true }));
  };
  const stack = (): Poison =>
    ev.poison('GL114', "What an error's 'stack' says is outside of what can be followed.", site().location);
  const make = (prototype: JsObject, message: Value, options: Value): JsObject => {
    const error = new JsObject(prototype, ev.store.epoch, 'Error');
    hidden(error, 'stack', stack());
    // A message that depends on an input is lost where it is read, not where it is said.
    if (message !== undefined) hidden(error, 'message', toText(ev, message, site()));
    if (options instanceof JsObject && hasProperty(ev, options, 'cause'))
      hidden(error, 'cause', get(ev, options, 'cause', site()));
    return error;
  };
  const base = realm.errorPrototypes.Error;
  let parent: JsObject | undefined;
  for (const type of Object.keys(realm.errorPrototypes) as ErrorType[]) {
    const prototype = realm.errorPrototypes[type];
    const made = constructor(realm, type, prototype, (_s, [message, options]) =>
      make(prototype, message, options),
    );
    if (type === 'Error') {
      parent = made;
      method(realm, made, 'captureStackTrace', (_s, [target]) => {
        if (!(target instanceof JsObject)) return undefined;
        ev.own(target);
        hidden(target, 'stack', stack());
        return undefined;
      });
      // For those that the language throws.
      hidden(
        prototype,
        'stack',
        ev.poison('GL114', "What an error's 'stack' says is outside of what can be followed.", undefined),
      );
      made.properties.set('stackTraceLimit', 10);
    } else made.proto = parent!;
    hidden(prototype, 'name', type);
    hidden(prototype, 'message', '');
  }
  const aggregate = new JsObject(base, 0, 'Error');
  const several = constructor(realm, 'AggregateError', aggregate, (_s, [errors, message, options]) => {
    const error = make(aggregate, message, options);
    const list: Value[] = [];
    iterate(ev, errors, (e) => void list.push(e), site());
    hidden(error, 'errors', ev.array(list));
    return error;
  });
  several.proto = parent!;
  hidden(aggregate, 'name', 'AggregateError');
  hidden(aggregate, 'message', '');
  method(
    realm,
    base,
    'toString',
    losing((self) => {
      if (self instanceof Poison) return self;
      if (!(self instanceof JsObject))
        return ev.throwError('TypeError', 'Error.prototype.toString requires an object', site());
      const name = get(ev, self, 'name', site());
      const message = get(ev, self, 'message', site());
      const head = name === undefined ? 'Error' : known(ev, name);
      const tail = message === undefined ? '' : known(ev, message);
      return head === '' || tail === '' ? head + tail : `${head}: ${tail}`;
    }),
  );
}
