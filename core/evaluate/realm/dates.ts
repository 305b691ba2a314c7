/**
 * Date in universal time (ECMA-262 §21.4). Whatever depends on the clock or on the time zone is refused by name. A time
 * value that depends on an input is whole milliseconds: its fraction is cut off as Math.trunc does it.
 */
import { ClockReading, readsClock, wholeReading } from '../clock.ts';
import type { Evaluator } from '../evaluator.ts';
import { JsObject, privateKey, Slot } from '../objects.ts';
import { binary, ordinaryPrimitive, toNumber, toPrimitive } from '../operators.ts';
import { get } from '../properties.ts';
import { Leaf, Poison, UnknownPrimitive, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, method, type Realm } from './realm.ts';

/** Where a Date keeps its time value: a number, or a leaf. */
const TIME = privateKey('time');

/** ISO 8601 as §21.4.1.32 has it: dates alone are universal, with a time only where the offset is said. */
const DATE_ONLY = /^(?:\d{4}|[+-]\d{6})(?:-\d\d(?:-\d\d)?)?$/;
const ZONED = /(?:\dZ|\d[+-]\d\d:?\d\d|\b(?:GMT|UTC|UT|Z)(?:[+-]\d{1,4})?)\s*(?:\(.*\))?$/i;

const FIELDS = [
  'FullYear',
  'Month',
  'Date',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
] as const satisfies readonly string[];
/** Fields that a setter takes from its first one on: setUTCHours(h, m, s, ms). */
const TAKES: { readonly [field in (typeof FIELDS)[number]]: number } = {
  FullYear: 3,
  Month: 2,
  Date: 1,
  Hours: 4,
  Minutes: 3,
  Seconds: 2,
  Milliseconds: 1,
};
const LOCAL_TEXT = [
  'toString',
  'toDateString',
  'toTimeString',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
] as const;

type Numeric = number | Leaf;

export function installDates(ev: Evaluator, realm: Realm): void {
  const prototype = realm.datePrototype;
  const site = () => here(ev);
  const local = (what: string): Poison =>
    ev.poison('GL114', `${what} depends on the machine's time zone: use universal time.`, site().location);
  const clock = (what: string): Poison =>
    ev.poison('GL114', `${what} reads the clock: it gives another value at each call.`, site().location);

  /** TimeClip. */
  const clipped = (time: Numeric): Value => {
    if (typeof time === 'number') return new Date(time).getTime();
    if (!(Math.abs(ev.domain.primal(time)) <= 8.64e15)) return Number.NaN;
    return binary(ev, '+', ev.domain.op1('trunc', time, site()), 0, site());
  };
  const made = (time: Value): JsObject => {
    const date = ev.object(prototype);
    date.tag = 'Date';
    date.properties.set(TIME, new Slot({ value: time }));
    return date;
  };
  const timeOf = (self: Value): Numeric | Poison => {
    if (self instanceof Poison) return self;
    const slot = slotOf(self);
    return slot === undefined
      ? ev.throwError('TypeError', 'this is not a Date object', site())
      : (slot.value as Numeric | Poison);
  };
  const change = (self: Value, time: Value): Value => {
    const date = self as JsObject;
    ev.own(date);
    date.properties.set(TIME, new Slot({ value: time }));
    return time;
  };
  /** A field is the same for a whole second, day or year: at the sample it is known. */
  const known = (time: Numeric): number =>
    typeof time === 'number' ? time : (ev.domain.known(time, site()) as number);

  /** MakeDate(MakeDay(year, month, day), MakeTime(…)): months and years are known, the rest may depend on inputs. */
  const composed = (fields: readonly Numeric[]): Numeric | Poison => {
    const whole = fields.map((x) =>
      typeof x === 'number' ? Math.trunc(x) : ev.domain.op1('trunc', x, site()),
    );
    const [year, month, ...rest] = whole as Numeric[];
    const start = new Date(0);
    start.setUTCFullYear(known(year!), known(month!), 1);
    const scales = [864e5, 36e5, 6e4, 1e3, 1];
    let sum: Value = start.getTime();
    for (const [i, scale] of scales.entries()) {
      const part: Value = i === 0 ? binary(ev, '-', rest[0], 1, site()) : rest[i];
      sum = binary(ev, '+', sum, binary(ev, '*', part, scale, site()), site());
    }
    return sum as Numeric | Poison;
  };
  const decomposed = (time: number): Numeric[] => {
    const date = new Date(time);
    return FIELDS.map((field) => date[`getUTC${field}`]());
  };
  const numbers = (args: readonly Value[]): Numeric[] | Poison => {
    const result: Numeric[] = [];
    for (const arg of args) {
      const x = toNumber(ev, arg, site());
      if (x instanceof Poison) return x;
      result.push(x);
    }
    return result;
  };
  const parsed = (text: string): number | Poison => {
    ev.charge(text.length, site());
    const time = Date.parse(text);
    if (Number.isNaN(time) || DATE_ONLY.test(text) || ZONED.test(text)) return time;
    return local(`A date from '${text.slice(0, 40)}', which says no offset,`);
  };

  const date = constructor(realm, 'Date', prototype, (_s, args, newTarget) => {
    if (newTarget === undefined) return clock('Date()');
    if (args.length === 0) return made(new ClockReading(clock('new Date()'), 'Date'));
    if (args.length > 1) {
      const invalid = args.some((a) => typeof a === 'number' && Number.isNaN(a));
      return invalid ? made(Number.NaN) : local('new Date(year, month, …)');
    }
    const given = slotOf(args[0]);
    if (given !== undefined) return made(given.value);
    const primitive = toPrimitive(ev, args[0], 'default', site());
    const time = typeof primitive === 'string' ? parsed(primitive) : toNumber(ev, primitive, site());
    if (time instanceof UnknownPrimitive) return made(wholeReading(time));
    return time instanceof Poison ? time : made(clipped(time));
  });
  readsClock(method(realm, date, 'now', () => new ClockReading(clock('Date.now()'), 'Date')));
  method(realm, date, 'parse', (_s, [value]) => {
    const text = toPrimitive(ev, value, 'string', site());
    return text instanceof Poison || text instanceof Leaf ? lost() : parsed(String(text));
  });
  method(realm, date, 'UTC', (_s, args) => {
    const given = numbers(args);
    if (given instanceof Poison) return given;
    if (given.every((x) => typeof x === 'number')) return Date.UTC(...(given as [number]));
    const [year = Number.NaN, month = 0, day = 1, ...rest] = given;
    const y = Math.trunc(known(year));
    const time = composed([
      y >= 0 && y <= 99 ? 1900 + y : year,
      month,
      day,
      ...[0, 1, 2, 3].map((i) => rest[i] ?? 0),
    ]);
    return time instanceof Poison ? time : clipped(time);
  });
  const lost = (): Poison =>
    ev.poison('GL102', 'Here the time becomes text, and its derivative is lost.', site().location);

  for (const name of ['getTime', 'valueOf'] as const) readsClock(method(realm, prototype, name, timeOf));
  for (const field of [...FIELDS, 'Day'] as const) {
    method(realm, prototype, `getUTC${field}`, (self) => {
      const time = timeOf(self);
      return time instanceof Poison ? time : new Date(known(time))[`getUTC${field}`]();
    }).gives = 'number';
    method(realm, prototype, `get${field}`, (self) => {
      const time = timeOf(self);
      return Number.isNaN(time) ? Number.NaN : local(`Date.prototype.get${field}`);
    }).gives = 'number';
  }
  for (const [first, field] of FIELDS.entries()) {
    method(realm, prototype, `setUTC${field}`, (self, args) => {
      const time = timeOf(self);
      const given = numbers(args.slice(0, TAKES[field]));
      if (time instanceof Poison) return time;
      if (given instanceof Poison) return change(self, given);
      if (args.length === 0) return change(self, Number.NaN);
      const before = known(time);
      if (Number.isNaN(before) && field !== 'FullYear') return Number.NaN;
      if (given.every((x) => typeof x === 'number')) {
        const next = new Date(before);
        (next[`setUTC${field}`] as (...a: number[]) => number)(...(given as number[]));
        return change(self, next.getTime());
      }
      const fields = decomposed(Number.isNaN(before) ? 0 : before);
      given.forEach((x, i) => {
        fields[first + i] = x;
      });
      const next = composed(fields);
      return change(self, next instanceof Poison ? next : clipped(next));
    });
    method(realm, prototype, `set${field}`, (self) => change(self, local(`Date.prototype.set${field}`)));
  }
  method(realm, prototype, 'setTime', (self, [value]) => {
    timeOf(self);
    const time = toNumber(ev, value, site());
    return change(self, time instanceof Poison ? wholeReading(time) : clipped(time));
  });
  for (const name of [...LOCAL_TEXT, 'getTimezoneOffset', 'getYear', 'setYear'] as const) {
    method(realm, prototype, name, (self) => {
      const time = timeOf(self);
      if (time instanceof Poison) return time;
      if (Number.isNaN(time)) return name.startsWith('to') ? 'Invalid Date' : Number.NaN;
      return local(`Date.prototype.${name}`);
    });
  }
  const iso = (self: Value): Value => {
    const time = timeOf(self);
    if (time instanceof Poison) return time;
    if (time instanceof Leaf) return lost();
    return Number.isNaN(time)
      ? ev.throwError('RangeError', 'Invalid time value', site())
      : new Date(time).toISOString();
  };
  method(realm, prototype, 'toISOString', iso).gives = 'string';
  for (const name of ['toUTCString', 'toGMTString']) {
    method(realm, prototype, name, (self) => {
      const time = timeOf(self);
      return time instanceof Poison ? time : time instanceof Leaf ? lost() : new Date(time).toUTCString();
    });
  }
  method(realm, prototype, 'toJSON', (self) => {
    const time = toPrimitive(ev, self, 'number', site());
    if (typeof time === 'number' && !Number.isFinite(time)) return null;
    return ev.call(get(ev, self, 'toISOString', site()), self, [], site());
  });
  method(realm, prototype, Symbol.toPrimitive, (self, [hint]) => {
    if (!(self instanceof JsObject) || (hint !== 'number' && hint !== 'string' && hint !== 'default'))
      return ev.throwError('TypeError', 'Invalid hint', site());
    const order = hint === 'number' ? ['valueOf', 'toString'] : ['toString', 'valueOf'];
    return ordinaryPrimitive(ev, self, order, site());
  }).passes = true;
}

function slotOf(value: Value): Slot | undefined {
  const slot = value instanceof JsObject ? value.properties.get(TIME) : undefined;
  return slot instanceof Slot ? slot : undefined;
}

/** The time value of a Date: undefined for anything else. */
export function timeValue(value: Value): Value | undefined {
  return slotOf(value)?.value;
}
