/**
 * Objects that may be one and the same, depending on an input: a joined record and the two it came from, a record that a
 * loop carries and the one from before the loop. Their contents are copies, so once one of them is written the others
 * are no longer what they seem: they become poison, and writing to them is refused.
 */
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Container } from '../evaluate/heap.ts';
import { JsArray, type JsObject, JsTypedArray } from '../evaluate/objects.ts';
import type { Location } from '../source/span.ts';

interface Group {
  readonly members: Set<JsObject>;
  /** The first member that was written. */
  writer: JsObject | undefined;
}

export class Aliases {
  private readonly ev: Evaluator;
  private readonly groups = new Map<JsObject, Group[]>();
  private silent = false;
  /** Where the evaluation is, as well as is known. */
  private readonly where: () => Location | undefined;

  constructor(ev: Evaluator, where: () => Location | undefined) {
    this.ev = ev;
    this.where = where;
    ev.store.heard = (c) => this.wrote(c);
    ev.store.mayBeOne = (a, b) => this.groups.get(a)?.some((g) => g.members.has(b)) ?? false;
  }

  /** The objects, and what they may be already, may be one. */
  relate(objects: Iterable<JsObject>): void {
    const group: Group = { members: new Set(), writer: undefined };
    for (const o of objects) {
      group.members.add(o);
      for (const g of this.groups.get(o) ?? []) for (const m of g.members) group.members.add(m);
    }
    for (const m of group.members) {
      const known = this.groups.get(m);
      if (known === undefined) this.groups.set(m, [group]);
      else known.push(group);
      this.ev.store.watch(m);
    }
  }

  /** Runs the stage's own writes, which change nothing for the user. */
  silently<T>(write: () => T): T {
    const before = this.silent;
    this.silent = true;
    try {
      return write();
    } finally {
      this.silent = before;
    }
  }

  private wrote(c: Container): void {
    if (this.silent) return;
    const { ev } = this;
    const written = c as JsObject;
    for (const group of this.groups.get(written) ?? []) {
      if (group.writer !== undefined && group.writer !== written) {
        ev.refuse(
          'GL111',
          'Which of two objects is changed here depends on an input: change a copy.',
          this.where(),
        );
      }
      group.writer = written;
      this.silently(() => {
        for (const member of group.members) if (member !== written) this.kill(member);
      });
    }
  }

  private kill(o: JsObject): void {
    const { ev } = this;
    const poison = ev.poison(
      'GL111',
      'This object may be one that was changed elsewhere, depending on an input: change a copy.',
      this.where(),
    );
    ev.own(o);
    if (o instanceof JsArray || o instanceof JsTypedArray) o.elements = o.elements.map(() => poison);
    for (const key of o.properties.keys()) o.properties.set(key, poison);
  }
}
