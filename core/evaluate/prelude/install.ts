/** Puts the prelude's functions where JavaScript has them. */
import type { Evaluator } from '../evaluator.ts';
import type { Closure } from '../functions.ts';
import { ModuleInstance } from '../module.ts';
import { JsObject, Slot } from '../objects.ts';
import type { Realm } from '../realm/realm.ts';
import { AmbientSite, type Value } from '../values.ts';
import { installOpenArrays } from './openArrays.ts';
import { prelude } from './prelude.generated.ts';
import { ITERATION, type Shortcut } from './shortcuts.ts';
import { sort } from './sorting.ts';

const SHORTCUTS: Readonly<Record<string, Readonly<Record<string, Shortcut>>>> = {
  iteration: ITERATION,
  arrays: { sort },
};

export function installPrelude(ev: Evaluator, realm: Realm): void {
  const module = new ModuleInstance(ev, '', [prelude()], undefined, {
    ambient: new AmbientSite(() => ev.current),
  });
  const copy = (name: string, target: JsObject): void => {
    const source = module.lookup(name);
    if (!(source instanceof JsObject)) throw new Error(`the prelude has no ${name}`);
    for (const [key, value] of source.properties) {
      const shortcut = typeof key === 'string' ? SHORTCUTS[name]?.[key] : undefined;
      if (shortcut !== undefined) (value as Closure).template.shortcut = shortcut;
      target.properties.set(key, new Slot({ value: value as Value, writable: true, configurable: true }));
    }
  };
  const constructorOf = (prototype: JsObject): JsObject =>
    (prototype.properties.get('constructor') as Slot).value as JsObject;
  const base = realm.typedPrototypes.get('Float64Array')!.proto!;
  copy('iteration', realm.arrayPrototype);
  copy('arrays', realm.arrayPrototype);
  copy('statics', constructorOf(realm.arrayPrototype));
  copy('objectStatics', constructorOf(realm.objectPrototype));
  copy('mapStatics', constructorOf(realm.mapPrototype));
  copy('iteration', base);
  base.properties.set('sort', realm.arrayPrototype.properties.get('sort')!);
  copy('typed', base);
  copy('typedStatics', constructorOf(base));
  installOpenArrays(ev, realm, module.lookup('open'), module.lookup('openTyped'));
}
