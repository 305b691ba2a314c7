/** Random control flow means after lowering what it meant before: loops, labels, switches, jumps, finally, closures. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerStatement } from '../../server/languages/typescript/index.ts';
import { moduleText } from './emit.ts';

interface Where {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inSwitch: boolean;
  readonly labels: readonly string[];
  readonly loops: readonly string[];
}

/** Statements that log what they do; `next` draws a number below its argument. */
function statement(next: (n: number) => number, at: Where): string {
  const inner = (more: Partial<Where> = {}): string => block(next, { ...at, depth: at.depth - 1, ...more });
  const loop = { inLoop: true, inSwitch: false };
  const v = `v${at.depth}`;
  switch (at.depth <= 0 ? next(4) : next(14)) {
    case 0:
      return `log(${next(100)});`;
    case 1:
      return `x = (x * ${next(7)} + ${next(5)}) % 11;`;
    case 2:
      if (at.inLoop && next(3) === 0) return `if (x % 3 === ${next(3)}) continue;`;
      if (at.inLoop || at.inSwitch) return `if (x % 2 === ${next(2)}) break;`;
      return `log(x);`;
    case 3: {
      const label = at.labels[next(at.labels.length + 1)];
      if (label === undefined) return next(6) === 0 ? `if (x === ${next(11)}) return log(-1);` : 'x++;';
      return `if (x % 3 === ${next(3)}) ${at.loops.includes(label) && next(2) ? 'continue' : 'break'} ${label};`;
    }
    case 4:
      return `if (x % 2) ${inner()} else ${inner()}`;
    case 5:
      return `for (let ${v} = 0; ${v} < ${next(4)}; ${v}++) { later.push(() => ${v}); log(${v}); ${inner(loop)} }`;
    case 6:
      return `for (const ${v} of [${next(9)}, ${next(9)}]) { later.push(() => ${v}); x += ${v}; ${inner(loop)} }`;
    case 7:
      return `for (const ${v} in { a: 1, b: 2 }) { log(${v}); ${inner(loop)} }`;
    case 8:
      return `{ let ${v} = ${next(4)}; do { log(x); ${inner(loop)} } while (${v}-- > 0); }`;
    case 9:
    case 10: {
      const clauses: string[] = [];
      const fallback = next(5);
      for (let k = 0; k < 4; k++) {
        if (k === fallback) clauses.push(`default: log('d');`);
        const declared = k === 1 ? `let ${v} = x; later.push(() => ${v}); ` : '';
        const body = `${declared}${inner({ inSwitch: true })}`;
        clauses.push(`case t(${next(4)}): ${body} ${next(2) ? 'break;' : ''}`);
      }
      return `switch (x % 4) { ${clauses.join(' ')} }`;
    }
    case 11: {
      const label = `l${at.depth}`;
      const labels = [...at.labels, label];
      if (next(2)) return `${label}: ${inner({ labels })}`;
      const loops = [...at.loops, label];
      const head = next(2) ? `for (let ${v} = 0; ${v} < 3; ${v}++)` : `for (const ${v} of [1, 2])`;
      return `${label}: ${head} { log(${v}); ${inner({ ...loop, labels, loops })} }`;
    }
    case 12:
      return `try { ${inner()} if (x % 3 === 0) throw x; } catch (e) { log('c' + e); ${inner()} } finally { log('f'); ${next(3) ? '' : inner()} }`;
    default:
      return `{ function f${at.depth}() { log('f' + x); } f${at.depth}(); ${inner()} }`;
  }
}

function block(next: (n: number) => number, at: Where): string {
  const statements = Array.from({ length: 1 + next(3) }, () => statement(next, at));
  return `{ ${statements.join(' ')} }`;
}

function run(text: string): unknown {
  const exports: { result?: () => unknown } = {};
  new Function('exports', text)(exports);
  return exports.result!();
}

test('random control flow', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1000)), fc.nat(10), (draws, start) => {
      const next = (n: number): number => (draws.next().value as number) % n;
      const body = block(next, { depth: 3, inLoop: false, inSwitch: false, labels: [], loops: [] });
      const source = `exports.result = function () {
        const logged = [], later = []; let x = ${start}, steps = 0;
        const log = (v) => { if (++steps > 500) throw new Error('long'); logged.push(v); };
        const t = (v) => { log('t' + v); return v; };
        const run = () => ${body};
        try { run() } catch (e) { logged.push(String(e)) }
        return [logged, later.map((f) => f()), x];
      };`;
      const { statement: lowered } = lowerStatement(source, { key: 0, language: 'js', module: 'script' });
      expect(lowered.syntaxErrors).toEqual([]);
      expect(run(moduleText(lowered))).toEqual(run(source));
    }),
    { numRuns: 400 },
  );
});
