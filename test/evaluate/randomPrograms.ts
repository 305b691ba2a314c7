/**
 * Random programs with the constructs that interact: closures over loop variables, classes, generators, destructuring,
 * labelled loops, `switch`, exceptions and `finally`. Every program ends: loops and calls burn fuel. They are made from
 * a number, so that a failure can be run again.
 */

/** A generator of pseudo-random numbers (mulberry32). */
function randomness(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Kind = 'number' | 'list' | 'object' | 'function' | 'generator' | 'class';
interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly constant: boolean;
}
interface Surroundings {
  readonly variables: readonly Variable[];
  readonly labels: readonly { readonly name: string; readonly loop: boolean }[];
  readonly inLoop: boolean;
  readonly inSwitch: boolean;
  readonly function: 'main' | 'plain' | 'generator' | 'method';
  readonly depth: number;
}

class Writer {
  private readonly next: () => number;
  private names = 0;

  /** Without text made of numbers, so that all of it can be differentiated. */
  private readonly numeric: boolean;

  /** With what strict mode does not have. */
  private readonly sloppy: boolean;

  constructor(seed: number, sloppy: boolean) {
    this.sloppy = sloppy;
    this.next = randomness(seed);
    this.numeric = seed % 4 !== 0;
  }

  private below(n: number): number {
    return Math.floor(this.next() * n);
  }
  private chance(p: number): boolean {
    return this.next() < p;
  }
  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
  private fresh(prefix = 'v'): string {
    return `${prefix}${++this.names}`;
  }
  private some(around: Surroundings, kind: Kind): Variable | undefined {
    const found = around.variables.filter((v) => v.kind === kind);
    // The last ones are the nearest.
    return found.length === 0 ? undefined : found[Math.max(0, found.length - 1 - this.below(4))];
  }

  program(): string {
    const around: Surroundings = {
      variables: [
        { name: 'n', kind: 'number', constant: false },
        { name: 'm', kind: 'number', constant: false },
        { name: 'list', kind: 'list', constant: true },
        { name: 'thing', kind: 'object', constant: true },
      ],
      labels: [],
      inLoop: false,
      inSwitch: false,
      function: 'main',
      depth: 0,
    };
    const body = this.block(around, 6 + this.below(6));
    return [
      'function main($k) { const log = []; const kept = []; let fuel = 120; let n = 3, m = 0.5;',
      'const list = [1, 2.5, -3]; const thing = { p: 2, q: 7 };',
      `const tag = (s, ...v) => s.raw.length + v.length;`,
      `function body() { ${body} }`,
      'let r; try { r = body() } catch (e) { r = e instanceof Error ? e.name : e }',
      'const late = []; for (const f of kept) { try { late.push(f()) } catch (e) { late.push(e instanceof Error ? e.name : e) } }',
      'for (const k of ["loose0", "loose1", "loose2", "kept_"]) delete globalThis[k];',
      'return [r, log, late, n, m, list, thing, fuel > 0]; }',
    ].join('\n');
  }

  /** Statements of a block, with what they declare visible in those behind. */
  private block(around: Surroundings, count: number): string {
    const out: string[] = [];
    let here = around;
    for (let i = 0; i < count; i++) {
      const [text, ...declared] = this.statement(here);
      out.push(text);
      here = { ...here, variables: [...here.variables, ...declared] };
    }
    return out.join(' ');
  }

  private braces(around: Surroundings, count = 1 + this.below(3)): string {
    return `{ ${this.block({ ...around, depth: around.depth + 1 }, count)} }`;
  }

  private statement(around: Surroundings): [string, ...Variable[]] {
    const { depth } = around;
    if (this.sloppy && depth > 0 && this.chance(0.12)) return [this.loose(around)];
    const choice = this.below(depth > 3 ? 9 : 30);
    const number = () => this.expression(around, 2);
    switch (choice) {
      case 0:
      case 1:
        return [`log.push(${this.any(around)});`];
      case 2:
        return this.assignment(around);
      case 3: {
        const name = this.shadow(around);
        return [`let ${name} = ${number()};`, { name, kind: 'number', constant: false }];
      }
      case 4: {
        const name = this.fresh('c');
        const kind = this.pick(['list', 'object'] as const);
        return [`const ${name} = ${this.of(around, kind)};`, { name, kind, constant: true }];
      }
      case 5:
        return this.destructuring(around);
      case 6:
        return [this.jump(around)];
      case 7:
        return [`kept.push(() => ${this.expression(around, 1)});`];
      case 8:
        if (around.function === 'generator') {
          return [this.chance(0.7) ? `yield ${number()};` : `log.push(yield ${number()});`];
        }
        return [`${this.expression(around, 2)};`];
      case 9:
      case 10:
        return [
          `if (${this.test(around)}) ${this.braces(around)}${this.chance(0.5) ? ` else ${this.braces(around)}` : ''}`,
        ];
      case 11:
      case 12:
      case 13:
      case 14:
      case 15:
        return [this.loop(around)];
      case 16: {
        const label = this.fresh('L');
        const inner = { ...around, labels: [...around.labels, { name: label, loop: false }] };
        return [`${label}: ${this.braces(inner, 3)}`];
      }
      case 17:
      case 18:
        return [this.switch(around)];
      case 19:
      case 20:
      case 21:
        return [this.try(around)];
      case 22:
      case 23: {
        const name = this.fresh('f');
        return [this.function(around, name, false), { name, kind: 'function', constant: true }];
      }
      case 24:
      case 25: {
        const name = this.fresh('g');
        return [this.function(around, name, true), { name, kind: 'generator', constant: true }];
      }
      case 26:
      case 27: {
        const name = this.fresh('C');
        return [this.class(around, name), { name, kind: 'class', constant: true }];
      }
      case 28: {
        const name = this.fresh('h');
        const arrow = `(a, [b = a] = [], { p: c = 1, ...d } = {}, ...e) => a + b + c + e.length + Object.keys(d).length`;
        return [`const ${name} = ${arrow};`, { name, kind: 'function', constant: true }];
      }
      default: {
        const name = this.fresh('w');
        return [`var ${name} = ${number()};`, { name, kind: 'number', constant: false }];
      }
    }
  }

  /** A statement that strict mode does not have, or gives another meaning. */
  private loose(around: Surroundings): string {
    const e = () => this.expression(around, 1);
    const name = this.pick(['B1', 'B2', 'B3']);
    const parameters = this.pick(['a', 'a, b', 'a, a', 'a, b, c']);
    const inside = this.pick([
      'arguments[0] = 5;',
      'a = 6;',
      'arguments[1]++;',
      'delete arguments[0]; a = 7;',
      'arguments = [1]; a++;',
      '(() => { a += 2 })();',
      '[].shift.call(arguments);',
      'arguments.length = 1;',
      'var a; a += 1;',
      'if (n > 1) { function a() {} }',
    ]);
    return this.pick([
      `{ ${this.chance(0.5) ? `log.push(typeof ${name});` : ''} function ${name}() { return ${e()}; } ${this.chance(0.3) ? `${name} = 1;` : ''} }`,
      `if (${this.test(around)}) { function ${name}() { return 2 } }`,
      `log.push(typeof ${name});`,
      `log.push((function (${parameters}) { ${inside} return [a, arguments[0], arguments.length, [...arguments]] })(${e()}, ${e()}));`,
      `loose${this.below(3)} = ${e()};`,
      `log.push(typeof loose${this.below(3)});`,
      `delete globalThis.loose${this.below(3)};`,
      `log.push(typeof this, (function () { return typeof this })(), (function () { return typeof this }).call(1));`,
      `var n_ = n_ || ${e()}; log.push(n_);`,
      `log.push(delete n, delete thing, typeof undeclared, (function f() { f = 1; return typeof f })());`,
      `Object.freeze(kept_ = [1])[0] = 2; log.push(kept_);`,
      `log.push(arguments.length, arguments.callee === body);`,
    ]);
  }

  /** Sometimes a name from outside, which is then hidden. */
  private shadow(around: Surroundings): string {
    const known = this.some(around, 'number');
    return known !== undefined && around.depth > 0 && this.chance(0.15) ? `${known.name}$` : this.fresh();
  }

  private assignment(around: Surroundings): [string, ...Variable[]] {
    const target = around.variables.filter((v) => v.kind === 'number' && !v.constant);
    const place = this.pick([
      ...target.slice(-4).map((v) => v.name),
      'n',
      'm',
      `${this.some(around, 'object')?.name ?? 'thing'}.${this.pick(['p', 'q', 'r'])}`,
      `${this.some(around, 'list')?.name ?? 'list'}[${this.below(4)}]`,
    ]);
    const operator = this.pick(['=', '+=', '-=', '*=', '??=', '||=', '&&=', '|=', '%=']);
    if (this.chance(0.2)) return [`${this.pick(['++', '--'])}${place};`];
    const value =
      around.function === 'generator' && this.chance(0.2) ? `yield ${this.expression(around, 1)}` : undefined;
    return [`${place} ${operator} ${value ?? this.expression(around, 2)};`];
  }

  private destructuring(around: Surroundings): [string, ...Variable[]] {
    const a = this.fresh();
    const b = this.fresh();
    const c = this.fresh();
    const numbers = [a, b].map((name) => ({ name, kind: 'number', constant: false }) as const);
    const fallback = this.expression(around, 1);
    const list = this.chance(0.5) ? this.of(around, 'list') : this.iterable(around);
    switch (this.below(4)) {
      case 0:
        return [
          `let [${a} = ${fallback}, , ${b} = 2, ...${c}] = ${list};`,
          ...numbers,
          { name: c, kind: 'list', constant: false },
        ];
      case 1:
        return [
          `let { p: ${a} = ${fallback}, ['q']: ${b} = 1, ...${c} } = ${this.of(around, 'object')};`,
          ...numbers,
          { name: c, kind: 'object', constant: false },
        ];
      case 2:
        return [`[list[0], thing.p, ...thing.rest] = ${list};`];
      default:
        return [`({ p: n = ${fallback}, q: list[1], ...thing.others } = ${this.of(around, 'object')});`];
    }
  }

  private jump(around: Surroundings): string {
    const options: string[] = [];
    const guard = `if (${this.test(around)})`;
    if (around.inLoop) options.push('continue;', 'break;');
    else if (around.inSwitch) options.push('break;');
    for (const { name, loop } of around.labels) {
      options.push(`break ${name};`);
      if (loop) options.push(`continue ${name};`);
    }
    options.push(`throw ${this.chance(0.5) ? this.expression(around, 1) : 'new RangeError("x")'};`);
    options.push(`return ${this.any(around)};`);
    return `${guard} ${this.pick(options)}`;
  }

  private loop(around: Surroundings): string {
    const label = this.fresh('L');
    const variable = this.fresh('i');
    const inner: Surroundings = {
      ...around,
      inLoop: true,
      inSwitch: false,
      labels: [...around.labels, { name: label, loop: true }],
      variables: [...around.variables, { name: variable, kind: 'number', constant: false }],
    };
    const fuel = 'if (fuel-- <= 0) break;';
    const body = (v = inner) => `{ ${fuel} ${this.block({ ...v, depth: v.depth + 1 }, 1 + this.below(4))} }`;
    switch (this.below(7)) {
      case 0:
      case 1:
        return `${label}: for (let ${variable} = 0; ${variable} < ${2 + this.below(3)}; ${variable}++) ${body()}`;
      case 2:
        return `${label}: for (const ${variable} of ${this.iterable(around)}) ${body()}`;
      case 3: {
        const keys = { ...inner, variables: around.variables };
        return `${label}: for (const ${variable} in ${this.of(around, 'object')}) { log.push(${variable}); ${body(keys)} }`;
      }
      case 4:
        return `var ${variable} = 3; ${label}: while (${variable}-- > 0) ${body()}`;
      case 5:
        return `var ${variable} = 0; ${label}: do ${body()} while (++${variable} < 2 && ${this.test(around)});`;
      default: {
        const other = this.fresh('j');
        const both = {
          ...inner,
          variables: [...inner.variables, { name: other, kind: 'number', constant: false } as const],
        };
        return `${label}: for (let [${variable}, ${other}] = [0, 4]; ${variable} < ${other}; ${variable}++, ${other}--) ${body(both)}`;
      }
    }
  }

  private switch(around: Surroundings): string {
    const inner = { ...around, inSwitch: !around.inLoop, depth: around.depth + 1 };
    const clauses = Array.from({ length: 2 + this.below(3) }, (_, i) => {
      const head = this.chance(0.2)
        ? undefined
        : `case ${this.chance(0.7) ? i : this.expression(around, 1)}:`;
      return {
        head,
        body: `{ ${this.block(inner, 1 + this.below(2))} }${this.chance(0.5) ? ' break;' : ''}`,
      };
    });
    let hasDefault = false;
    const text = clauses.map(({ head, body }) => {
      const first = head ?? (hasDefault ? 'case 9:' : 'default:');
      hasDefault ||= head === undefined;
      return `${first} ${body}`;
    });
    return `switch (${this.chance(0.5) ? `(${this.expression(around, 1)}) % 3` : this.below(3)}) { ${text.join(' ')} }`;
  }

  private try(around: Surroundings): string {
    const error = this.fresh('e');
    const inner = { ...around, depth: around.depth + 1 };
    const body = this.braces(inner, 2);
    const handler = this.chance(0.75)
      ? ` catch (${error}) { log.push(${error} instanceof Error ? ${error}.name : ${error}); ${this.block(inner, 1)} }`
      : '';
    const final =
      handler === '' || this.chance(0.5) ? ` finally { log.push("f"); ${this.block(inner, 1)} }` : '';
    return `try ${body}${handler}${final}`;
  }

  private inside(
    around: Surroundings,
    kind: Surroundings['function'],
    parameters: readonly string[],
  ): Surroundings {
    return {
      ...around,
      labels: [],
      inLoop: false,
      inSwitch: false,
      function: kind,
      depth: around.depth + 1,
      variables: [
        ...around.variables,
        ...parameters.map((name) => ({ name, kind: 'number', constant: false }) as const),
      ],
    };
  }

  private function(around: Surroundings, name: string, generator: boolean): string {
    const [a, b] = [this.fresh('a'), this.fresh('b')];
    const inner = this.inside(around, generator ? 'generator' : 'plain', [a, b]);
    const head = `function${generator ? '*' : ''} ${name}(${a} = 1, ${b} = ${a} + ${this.expression(around, 1)})`;
    const parts = [`if (fuel-- <= 0) return 0;`, this.block(inner, 2 + this.below(3))];
    if (generator) parts.push(`const ${a}_ = ${this.suspended(inner)}; log.push(${a}_);`);
    return `${head} { ${parts.join(' ')} return ${this.expression(inner, 2)}; }`;
  }

  /** An expression with `yield` in it. */
  private suspended(around: Surroundings): string {
    const y = `(yield ${this.expression(around, 1)})`;
    const e = () => this.expression(around, 1);
    return this.pick([
      `${e()} + ${y} * ${e()}`,
      `[${e()}, ${y}, ...list, ${y}]`,
      `{ p: ${e()}, q: ${y}, [${this.numeric ? '"k"' : y}]: 1 }`,
      `${this.test(around)} ? ${y} : ${e()}`,
      `${e()} || ${y}`,
      `${y} ?? ${y}`,
      `Math.max(${e()}, ${y}, ${e()})`,
      `thing?.p?.${this.numeric ? 'valueOf' : 'toFixed'}?.(${y})`,
      `(n += ${y}, m = ${y})`,
      this.numeric ? y : `\`\${${e()}}-\${${y}}\``,
      `yield* [${e()}, 2]`,
    ]);
  }

  private class(around: Surroundings, name: string): string {
    const parent = this.some(around, 'class');
    const derived = parent !== undefined && this.chance(0.6);
    const x = this.fresh('x');
    const inner = {
      ...this.inside(around, 'method', [x]),
      variables: [...around.variables, { name: x, kind: 'number', constant: false } as const],
    };
    const method = (): string =>
      `{ if (fuel-- <= 0) return 0; ${this.block(inner, 1 + this.below(2))} return this.#s + ${x}${derived ? ' + (super.go?.(1) ?? 0)' : ''}; }`;
    return [
      `class ${name} ${derived ? `extends ${parent.name} ` : ''}{`,
      `#s = ${this.expression(around, 1)}; f = this.#s + 1; static k = ${this.expression(around, 1)};`,
      this.chance(0.5)
        ? `constructor(${x} = 2) { ${derived ? `super(${x} + 1);` : ''} this.#s += ${x}; log.push(new.target === ${name}); }`
        : '',
      `go(${x} = 1) ${method()}`,
      `get v() { return this.#s * 2; } set v(${x}) { this.#s = ${x}; }`,
      `static make(...r) { return new this(...r); } static has(o) { return #s in o; }`,
      this.chance(0.5) ? `*[Symbol.iterator]() { yield this.#s; yield* [this.f, 1]; }` : '',
      `[Symbol.toPrimitive](hint) { return hint === "string" ? "obj" : this.#s; }`,
      '}',
    ].join(' ');
  }

  private iterable(around: Surroundings): string {
    const generator = this.some(around, 'generator');
    const options = [
      this.of(around, 'list'),
      'new Set([1, 1, 2])',
      '"ab"',
      'list.entries()',
      'new Map([[1, 2]]).values()',
    ];
    if (generator !== undefined) options.push(`${generator.name}(${this.below(3)})`, `${generator.name}()`);
    const kind = this.some(around, 'class');
    if (kind !== undefined) options.push(`(new ${kind.name}()[Symbol.iterator] ? new ${kind.name}() : [7])`);
    return this.pick(options.slice(-4));
  }

  private of(around: Surroundings, kind: 'list' | 'object'): string {
    const known = this.some(around, kind);
    const e = () => this.expression(around, 1);
    if (kind === 'list') {
      return this.pick([
        known?.name ?? 'list',
        `[${e()}, ${e()}]`,
        `[...${known?.name ?? 'list'}, ${e()}]`,
        `list.map((x, i) => x + i + ${e()})`,
        `[${e()}, , ${e()}]`,
        `Array.from({ length: 2 }, (_, i) => i * ${e()})`,
      ]);
    }
    return this.pick([
      known?.name ?? 'thing',
      `{ p: ${e()}, q: ${e()} }`,
      `{ ...${known?.name ?? 'thing'}, r: ${e()} }`,
      `{ get p() { return ${e()} }, ["q" + "1"]: ${e()} }`,
      `Object.assign(Object.create({ up: 1 }), { p: ${e()} })`,
    ]);
  }

  private test(around: Surroundings): string {
    const e = () => this.expression(around, 1);
    return this.pick([
      `${e()} > ${e()}`,
      `${e()} < 2`,
      `(${e()} | 0) % 2 === 0`,
      `typeof ${e()} === "number"`,
      `"p" in thing`,
      `${e()}`,
      `!(${e()})`,
      `fuel > 60`,
    ]);
  }

  private any(around: Surroundings): string {
    const e = this.expression(around, 2);
    return this.pick([
      e,
      e,
      `[${e}, ${this.expression(around, 1)}]`,
      `{ a: ${e} }`,
      `[...${this.iterable(around)}]`,
      this.numeric ? e : `\`\${${e}}\``,
    ]);
  }

  private expression(around: Surroundings, depth: number): string {
    const number = this.some(around, 'number')?.name ?? 'n';
    if (depth <= 0 || this.chance(0.3)) {
      return this.pick([number, number, 'n', 'm', String(this.below(5)), '0.25', 'list[1]', 'thing.p', '-1']);
    }
    const e = () => this.expression(around, depth - 1);
    const f = this.some(around, 'function');
    const g = this.some(around, 'generator');
    const c = this.some(around, 'class');
    const options: (() => string)[] = [
      () => `(${e()} ${this.pick(['+', '-', '*', '/', '%', '&', '|', '<', '>', '===', '&&', '||'])} ${e()})`,
      () => `(${e()} ${this.pick(['+', '-', '*'])} ${e()})`,
      () => `(${this.test(around)} ? ${e()} : ${e()})`,
      () => `Math.${this.pick(['abs', 'floor', 'sign', 'sqrt'])}(${e()})`,
      () => `((a, b = a) => a - b)(${e()}${this.chance(0.5) ? `, ${e()}` : ''})`,
      () => `(${this.pick(['n', 'm'])} ${this.pick(['=', '+=', '-='])} ${e()})`,
      () => `(${this.pick(['n++', '--m', 'thing.q++', 'list[0]--'])})`,
      () => `(${e()}, ${e()})`,
      () => `(thing?.${this.pick(['p', 'zz'])} ?? ${e()})`,
      () => `[${e()}, ${e()}].reduce((u, v) => u + v, ${e()})`,
      () => `tag\`a\${${e()}}b\``,
      () => `(delete thing.${this.pick(['r', 'q'])}, ${e()})`,
    ];
    if (f !== undefined)
      options.push(
        () => `${f.name}(${e()})`,
        () => `${f.name}(${e()}, undefined, undefined, 1)`,
        () => `${f.name}?.call(thing, ${e()})`,
      );
    if (g !== undefined)
      options.push(
        () => `[...${g.name}(${e()})].length`,
        () => `(${g.name}(${e()}).next().value)`,
      );
    if (c !== undefined) {
      options.push(
        () => `new ${c.name}(${e()}).go(${e()})`,
        () => `${c.name}.make(${e()}).v`,
        () => `(new ${c.name}() + ${e()})`,
        () => `(${c.name}.k + ${e()})`,
        () => `${c.name}.has(${this.chance(0.5) ? 'thing' : `new ${c.name}()`})`,
      );
    }
    return this.pick(options)();
  }
}

export function randomProgram(seed: number, sloppy = false): string {
  return new Writer(seed, sloppy).program();
}
