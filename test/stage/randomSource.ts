/**
 * Random functions as source text, from a list of choices: scalars, records, arrays of known and of unknown length,
 * and nested arrays, branches, loops of every kind, those that values end among them, jumps, writes in place, closures,
 * helper functions that call one another or themselves or write into arrays. They always end.
 */

export interface RandomSource {
  readonly text: string;
  /** (x, a, b, n): an array, two numbers and a whole number. */
  readonly args: readonly unknown[];
}

interface Loop {
  readonly label: string;
  /** The loop's counter, where it is an index of x. */
  readonly index: string | undefined;
}

class Source {
  private at = 0;
  private names = 0;
  private readonly choices: readonly number[];
  private scalars: string[] = [];
  private records: string[] = [];
  private closures: string[] = [];
  private loops: Loop[] = [];
  /** Names of loop counters: read, never written. */
  private counters: string[] = [];
  private inHelper = false;
  /** Helpers that may be called. */
  private callable = 0;
  private depth = 0;

  constructor(choices: readonly number[]) {
    this.choices = choices;
  }

  private next(n: number): number {
    const value = this.choices[this.at++];
    return value === undefined ? 0 : value % n;
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)]!;
  }

  private done(): boolean {
    return this.at >= this.choices.length;
  }

  whole(): string {
    this.scalars = ['a', 'b', 's'];
    this.records = ['r', 'q'];
    this.closures = [];
    const before = [
      'let s = 0.25 * a;',
      'let r = { p: a, q: 0.5 };',
      'let q = { p: 1, q: b };',
      'const k = [a, 0.5, b];',
      this.pick([
        'const t = new Float64Array(x.length);',
        'const t: number[] = new Array(x.length).fill(0.5);',
        'const t = x.map((v) => 0.5 * v);',
        'const t: number[] = new Array(x.length); for (let i = 0; i < x.length; i++) t[i] = x[i] * a;',
      ]),
      this.pick([
        'const m = [[a, 0.5], [1, b]];',
        'const m = x.map((v) => [v, a * v]);',
        'const m: number[][] = []; for (let i = 0; i < 3; i++) m.push([b, i * a]);',
      ]),
      'let u;',
    ];
    const body = this.statements(4 + this.next(10));
    const result = this.pick([
      's',
      's + r.p * q.q + k[1]',
      's + x[0] + t[0]',
      '{ s, p: r.p, k0: k[0], k2: k[2] }',
      '[s, r.q, q.p]',
      'r.p + r.q + q.p + q.q + s',
    ]);
    const returned = this.at >= this.choices.length ? 's + r.p * q.q + k[0] + k[1] + x[0] + t[0]' : result;
    const final = /[{[]/.test(returned[0]!) && /return [^;{]/.test(body.join(' ')) ? 's' : returned;
    const helpers = ['h0', 'h1', 'h2'].map((name, i) => this.helper(name, i));
    helpers.push(this.recursive(), this.writer());
    return [
      'let global = 0.5;',
      'const shared = [0.5, 1, 0.25];',
      ...helpers,
      'function f(x: number[], a: number, b: number, n: number): any {',
      ...[...before, ...body, `return ${final};`].map((line) => `  ${line}`),
      '}',
    ].join('\n');
  }

  /** `before`: how many helpers there are that it may call. */
  private helper(name: string, before: number): string {
    this.inHelper = true;
    this.callable = before;
    this.scalars = ['y', 'z'];
    this.records = [];
    this.closures = [];
    const body = this.statements(1 + this.next(2));
    const fallback = this.pick(['', ' = 0.5 * y', ' = 0.75']);
    return [
      `function ${name}(y: number, z${fallback === '' ? ': number' : fallback}): number {`,
      ...body.map((line) => `  ${line}`),
      `  return ${this.expression(2)};`,
      '}',
    ].join('\n');
  }

  /** Calls itself once or twice for each of few levels, and returns early from any. */
  private recursive(): string {
    this.scalars = ['y', 'z'];
    this.callable = 3;
    const early = this.next(2) === 0 ? `if (${this.condition()}) return ${this.expression(1)};` : '';
    const again = `deep(${this.expression(1)}, ${this.expression(1)}, left - 1)`;
    const twice = this.next(3) === 0 ? ` + 0.3 * deep(${this.expression(1)}, z, left - 2)` : '';
    return [
      'function deep(y: number, z: number, left: number): number {',
      `  if (left <= 0) return ${this.expression(2)};`,
      `  ${early}`,
      `  return ${this.expression(1)} + 0.5 * ${again}${twice};`,
      '}',
    ].join('\n');
  }

  /** Updates an array in place, each element by those that it has updated. */
  private writer(): string {
    this.scalars = ['y', 'z'];
    const from = this.pick(['0', '1']);
    const what = `${this.expression(1)} * v[i] + 0.5 * v[${this.pick(['0', 'v.length - 1', 'i'])}]`;
    return [
      'function smooth(v: number[] | Float64Array, y: number, z: number): number {',
      `  for (let i = ${from}; i < v.length; i++) {`,
      `    ${this.next(2) === 0 ? `if (v[i] > ${this.expression(0)}) ` : ''}v[i] = ${what};`,
      '    y += v[i] * z;',
      '  }',
      '  return y;',
      '}',
    ].join('\n');
  }

  private block(count: number): string {
    const { scalars, closures, records } = this;
    this.scalars = [...scalars];
    this.closures = [...closures];
    this.records = [...records];
    const lines = this.statements(count);
    this.scalars = scalars;
    this.closures = closures;
    this.records = records;
    return `{ ${lines.join(' ')} }`;
  }

  private statements(count: number): string[] {
    const lines: string[] = [];
    this.depth++;
    for (let i = 0; i < count && !(this.done() && i > 0); i++) lines.push(this.statement());
    this.depth--;
    return lines;
  }

  private index(): string {
    const known = this.loops.flatMap((l) => (l.index === undefined ? [] : [l.index]));
    return this.pick([...known, ...known, '0', 'x.length - 1', ...(this.inHelper ? [] : ['n % x.length'])]);
  }

  private row(): string {
    return this.pick(['0', 'm.length - 1', 'n % m.length']);
  }

  private statement(): string {
    const deep = this.depth > 4;
    const { inHelper } = this;
    const variable = () => this.pick(this.scalars);
    switch (this.next(inHelper ? 9 : 36)) {
      case 0:
        return `${variable()} = ${this.expression(3)};`;
      case 1:
        return `${variable()} ${this.pick(['+=', '-=', '*='])} ${this.expression(2)};`;
      case 2: {
        const value = this.expression(2);
        const name = this.fresh('v');
        this.scalars.push(name);
        return `let ${name} = ${value};`;
      }
      case 3:
      case 4: {
        if (deep) return `${variable()} += ${this.expression(1)};`;
        const then = this.block(1 + this.next(2));
        const test = this.condition();
        return this.next(2) === 0
          ? `if (${test}) ${then}`
          : `if (${test}) ${then} else ${this.block(1 + this.next(2))}`;
      }
      case 5:
      case 6:
        return this.loop(deep);
      case 7: {
        const value = this.expression(2);
        return `if (${this.condition()}) return ${value};`;
      }
      case 8: {
        if (this.loops.length === 0) return `${variable()} = ${this.expression(2)};`;
        const { label } = this.pick(this.loops);
        const jump = this.pick(['break', 'continue', `break ${label}`, `continue ${label}`]);
        return `if (${this.condition()}) ${jump};`;
      }
      case 9:
        return `x[${this.index()}] ${this.pick(['=', '+=', '*='])} ${this.expression(2)};`;
      case 10:
        return `t[${this.index()}] ${this.pick(['=', '+=', '*='])} ${this.expression(2)};`;
      case 11:
        return `k[${this.next(3)}] ${this.pick(['=', '+='])} ${this.expression(2)};`;
      case 12:
        return `k[n % 3] = ${this.expression(2)};`;
      case 13:
      case 14:
        return `${this.pick(this.records)}.${this.pick(['p', 'q'])} ${this.pick(['=', '+=', '*='])} ${this.expression(2)};`;
      case 15:
        return `${this.pick(this.records)} = { p: ${this.expression(2)}, q: ${this.expression(1)} };`;
      case 16:
        return `${this.pick(this.records)} = ${this.pick(this.records)};`;
      case 17:
        return `if (${this.condition()}) ${this.pick(this.records)} = ${this.pick(this.records)};`;
      case 18:
        return `if (${this.condition()}) u = ${this.expression(2)};`;
      case 19:
        return `s += 0.1 * (u ${this.pick(['??', '||', '*'])} ${this.expression(1)});`;
      case 20: {
        const name = this.fresh('g');
        const line = `const ${name} = (z: number) => { ${variable()} += 0.1 * z; return ${this.expression(1)}; };`;
        this.closures.push(name);
        return line;
      }
      case 21:
        return `[s, a] = [${this.expression(1)}, ${this.expression(1)}];`;
      case 22: {
        if (deep) return `s -= ${this.expression(1)};`;
        const arm = () => this.block(1);
        return (
          `switch (n % 3) { case 0: ${arm()} ${this.pick(['break;', ''])} ` +
          `case 1: ${arm()} ${this.pick(['break;', ''])} default: ${arm()} }`
        );
      }
      case 23:
        return `global ${this.pick(['=', '+='])} ${this.expression(1)};`;
      case 24:
        return `shared[${this.pick(['0', '1', 'n % 3'])}] += ${this.expression(1)};`;
      case 25:
        return `if (${this.condition()} && ${this.condition()}) throw new Error('no');`;
      case 26:
        return `s += x.reduce((p, c) => p + Math.sin(c) * ${variable()}, 0);`;
      case 27:
        return `x.forEach((v, i) => { s += v * i * 0.1; ${this.pick(['', 't[i] += 0.5 * v;', 'r.p += 0.1 * v;'])} });`;
      case 28:
        return `{ const { p, q: qq = 2 } = ${this.pick(this.records)}; s += p * 0.5 - qq; }`;
      case 29: {
        // Ends by what it computes.
        if (deep) return `s *= ${this.expression(1)};`;
        const v = variable();
        const count = this.fresh('c');
        const body = this.block(1);
        const far = this.pick([
          `Math.abs(${v}) > 0.4`,
          `${v} * ${v} + 0.1 > Math.abs(${this.expression(0)})`,
        ]);
        return `let ${count} = 0; while (${far} && ${count} < 5) { ${v} *= 0.6; ${body} ${count}++; }`;
      }
      case 30:
        return `m[${this.row()}][${this.next(2)}] ${this.pick(['=', '+='])} ${this.expression(2)};`;
      case 31:
        return `s += smooth(${this.pick(['x', 't', 'k'])}, ${this.expression(1)}, ${this.expression(1)});`;
      case 32: {
        const list = this.fresh('l');
        const push = `${list}.push(${this.expression(1)});`;
        const fill = this.pick([
          `for (let i = 0; i < x.length; i++) ${push}`,
          `if (${this.condition()}) ${push}`,
        ]);
        return `const ${list}: number[] = [${this.expression(0)}]; ${fill} for (const v of ${list}) s += 0.3 * v;`;
      }
      case 33: {
        const list = this.fresh('l');
        return `const ${list}: number[] = []; for (let i = 0; i < 3; i++) { if (i > 0) ${list}[i - 1] = ${this.expression(1)}; } s += ${list}[0] - ${list}[1];`;
      }
      case 34:
        return `for (const row of m) { s += row[0] * ${this.expression(1)}; row[1] += 0.5 * row[0]; }`;
      default: {
        const name = this.fresh('w');
        const value = `{ ...${this.pick(this.records)}, p: ${this.expression(1)} }`;
        this.records.push(name);
        return `let ${name} = ${value};`;
      }
    }
  }

  private loop(deep: boolean): string {
    if (deep) return `s = ${this.expression(2)};`.replace(/^s/, this.scalars[0]!);
    const label = this.fresh('L');
    const i = this.fresh('i');
    const kind = this.next(this.inHelper ? 2 : 8);
    const enter = (
      index: string | undefined,
      counter: string | undefined,
      head: (body: string) => string,
    ) => {
      this.loops.push({ label, index });
      if (counter !== undefined) this.counters.push(counter);
      const body = this.block(1 + this.next(3));
      this.loops.pop();
      if (counter !== undefined) this.counters.pop();
      return `${label}: ${head(body)}`;
    };
    switch (kind) {
      case 0:
        return enter(
          undefined,
          i,
          (body) => `for (let ${i} = 0; ${i} < ${2 + this.next(2)}; ${i}++) ${body}`,
        );
      case 1: {
        const bound = this.inHelper ? '3' : 'n';
        return `let ${i} = 0; ${enter(undefined, i, (body) => `while (${i}++ < ${bound}) ${body}`)}`;
      }
      case 2:
      case 3:
        return enter(i, i, (body) => `for (let ${i} = 0; ${i} < x.length; ${i}++) ${body}`);
      case 4:
        return enter(undefined, i, (body) => `for (const ${i} of ${this.pick(['x', 't', 'k'])}) ${body}`);
      case 5:
        return `let ${i} = n; ${enter(undefined, i, (body) => `do ${body} while (--${i} > 0);`)}`;
      case 6:
        return enter(i, i, (body) => `for (let ${i} = x.length - 1; ${i} >= 0; ${i}--) ${body}`);
      default:
        return `let ${i} = n; ${enter(undefined, i, (body) => `while (${i}-- > 0 && (${this.condition()})) ${body}`)}`;
    }
  }

  private condition(): string {
    switch (this.next(7)) {
      case 0:
        return `${this.expression(1)} > ${this.expression(1)}`;
      case 1:
        return `${this.expression(1)} < 0.5`;
      case 2:
        return `${this.expression(0)} > 0.1 || ${this.expression(0)} < -0.3`;
      case 3:
        return `${this.expression(0)} > -0.2 && ${this.expression(0)} < 1.5`;
      case 4:
        return this.inHelper ? `y > z` : `n > ${1 + this.next(3)}`;
      case 5:
        return `!(${this.expression(1)} >= 0.3)`;
      default:
        return `(${this.pick(this.scalars)} += 0.125) > ${this.expression(0)}`;
    }
  }

  private expression(size: number): string {
    if (size <= 0 || this.done()) {
      return this.pick([
        ...this.scalars,
        ...this.scalars,
        ...this.counters,
        '0.5',
        '1.25',
        '-0.75',
        ...(this.inHelper
          ? ['global']
          : [
              `x[${this.index()}]`,
              `t[${this.index()}]`,
              `k[${this.next(3)}]`,
              `${this.pick(this.records)}.p`,
              `${this.pick(this.records)}.q`,
              'global',
              'shared[1]',
            ]),
      ]);
    }
    const e = () => this.expression(size - 1);
    switch (this.next(21)) {
      case 0:
      case 1:
        return `(${e()} + ${e()})`;
      case 2:
        return `(${e()} - ${e()})`;
      case 3:
        return `(0.5 * ${e()} * ${e()})`;
      case 4:
        return `Math.sin(${e()})`;
      case 5:
        return `Math.tanh(${e()})`;
      case 6:
        return `(${e()} / (1 + Math.abs(${e()})))`;
      case 7:
        return `(${this.condition()} ? ${e()} : ${e()})`;
      case 8:
        return `Math.max(${e()}, ${e()})`;
      case 9:
        if (this.inHelper)
          return this.callable === 0 ? `Math.cos(${e()})` : `h${this.next(this.callable)}(${e()}, ${e()})`;
        return this.next(3) === 0 ? `h0(${e()})` : `${this.pick(['h0', 'h1', 'h2'])}(${e()}, ${e()})`;
      case 10:
        return `(${e()} && ${e()})`;
      case 11:
        return `(${e()} || ${e()})`;
      case 12:
        return `(${this.pick(this.scalars)} = ${e()})`;
      case 13:
        return this.closures.length > 0
          ? `${this.pick(this.closures)}(${e()})`
          : `Math.exp(-Math.abs(${e()}))`;
      case 14:
        return `${this.pick(this.scalars)}${this.pick(['++', '--'])}`;
      case 15:
        return `Math.min(${e()}, ${e()})`;
      case 16:
        return `Math.${this.pick(['sqrt', 'cbrt'])}(Math.max(${e()}, 0))`;
      case 17:
        return `Math.${this.pick(['hypot', 'atan2'])}(${e()}, 1 + (${e()}) ** 2)`;
      case 18:
        return `Math.pow(0.5 + Math.abs(${e()}), ${e()})`;
      case 19:
        if (this.inHelper) return `Math.abs(${e()})`;
        return this.next(2) === 0 ? `deep(${e()}, ${e()}, n)` : `m[${this.row()}][${this.next(2)}]`;
      default:
        return this.expression(0);
    }
  }
}

const VALUES = [0.37, -0.81, 1.43, 0.92, -0.29, 0.11, -1.7, 2.3];

export function randomSource(choices: readonly number[]): RandomSource {
  const source = new Source(choices.slice(5));
  const text = source.whole();
  const at = (i: number) => VALUES[(choices[i] ?? 0) % VALUES.length]! + ((choices[i] ?? 0) % 97) * 1e-3;
  const length = 1 + ((choices[0] ?? 0) % 3);
  const x = Array.from({ length }, (_, i) => at(i + 1) + 0.05 * i);
  return { text, args: [x, at(3), at(4) + 0.013, (choices[4] ?? 0) % 5] };
}
