import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

type Files = { readonly [name: string]: string };

/** Programs with a condition that is unknown, UNK: nothing is said of `f` but what Node says, whichever way it goes. */
const OUT_OF_SIGHT: { readonly [name: string]: string } = {
  'a function with a return': `const o = { k: 1 }, queue = [o];
function g() { const q = queue.pop(); if (UNK) { q.k = 5; return 1 } return 2 }
g();
exports.f = (x) => o.k * x * x;`,
  'a block that is left': `const o = { k: 1 }, queue = [o];
while (queue.length) { const q = queue.pop(); if (UNK) { q.k = 5; break } }
exports.f = (x) => o.k * x * x;`,
  'a block with a frame of its own': `const o = { k: 1 }, queue = [o];
while (queue.length) { const q = queue.pop(); const set = () => { q.k = 5 }; if (UNK) { set(); break } }
exports.f = (x) => o.k * x * x;`,
  'a loop that takes up the next': `const o = { k: 1 }, queue = [o, { k: 0 }];
while (queue.length) { const q = queue.pop(); if (UNK) { q.k = 5; continue } q.y = 1 }
exports.f = (x) => o.k * x * x;`,
  'a switch': `const o = { k: 1 }, queue = [o];
function walk() { while (queue.length) { const q = queue.shift(); switch (UNK) { case true: q.k = 5; break; default: q.z = 2; return } } }
walk();
exports.f = (x) => o.k * x * x;`,
  'an element that was taken out': `const pool = [{ k: 1 }], o = pool[0];
function g() { const [q] = pool.splice(0, 1); if (UNK) { q.k = 4; return } }
g();
exports.f = (x) => o.k * x * x;`,
  'an entry that was deleted': `const m = new Map([['a', { k: 1 }]]), o = m.get('a');
function take(key) { const q = m.get(key); m.delete(key); if (UNK) { q.k = 4; return q } return null }
take('a');
exports.f = (x) => o.k * x * x;`,
  'the head of a list': `let head = { k: 1, next: null }; const o = head;
function pop() { const q = head; head = head.next; if (UNK) { q.k = 4; return q } return null }
pop();
exports.f = (x) => o.k * x * x;`,
  'the default of a parameter': `const pool = [{ k: 1 }], o = pool[0];
function g(q = pool.pop(), z = UNK && (q.k = 4)) {}
g();
exports.f = (x) => o.k * x * x;`,
  'a constructor': `const pool = [{ k: 1 }], o = pool[0];
class A { constructor() { const q = pool.pop(); if (UNK) { q.k = 3; return } this.z = 1 } }
new A();
exports.f = (x) => o.k * x * x;`,
  'a getter': `const pool = [{ k: 1 }], o = pool[0];
const h = { get a() { const q = pool.pop(); if (UNK) { q.k = 3; return 1 } return 2 } };
h.a;
exports.f = (x) => o.k * x * x;`,
  'a generator in a loop': `const o = { k: 1 }, queue = [o];
function* g() { const q = queue.pop(); if (UNK) q.k = 5; yield 1 }
for (const v of g()) {}
exports.f = (x) => o.k * x * x;`,
  'a generator that goes on': `const o = { k: 1 }, queue = [o];
function* g() { const q = queue.pop(); yield 0; if (UNK) q.k = 5; yield 1 }
const it = g(); it.next(); it.next();
exports.f = (x) => o.k * x * x;`,
  'a generator that is spread': `const o = { k: 1 }, queue = [o];
function* g() { const q = queue.pop(); yield 0; if (UNK) q.k = 5; yield 1 }
const l = [...g()];
exports.f = (x) => o.k * x * x;`,
  'a function within a try': `const o = { k: 1 }, queue = [o];
function check(q) { if (UNK) { q.k = 5; throw 1 } }
function g() { const q = queue.pop(); check(q) }
try { g() } catch {}
exports.f = (x) => o.k * x * x;`,
  'a variable that a closure shares': `let h;
function g() { let k = 1; h = () => k; if (UNK) { k = 5; return 1 } return 2 }
g();
exports.f = (x) => h() * x * x;`,
};

const CHECK = 'function check() { if (UNK) throw 1; return 2 }';

const GIVEN: typeof OUT_OF_SIGHT = {
  'to a call': `const o = { k: 1 }, pool = [o]; function bar(q) { q.k = 5 } ${CHECK}
try { bar(pool.pop(), check()) } catch {}
exports.f = (x) => o.k * x * x;`,
  'to a method': `const o = { k: 1, set(q) { this.k = q } }, pool = [o]; ${CHECK}
try { pool.pop().set(check()) } catch {}
exports.f = (x) => o.k * x * x;`,
  'to an assignment': `const o = { k: 1 }, pool = [o]; ${CHECK}
try { pool.pop().k = check() } catch {}
exports.f = (x) => o.k * x * x;`,
  'to a loop': `const o = { k: 1 }, pool = [o];
function* take() { while (pool.length) yield pool.pop() }
try { for (const q of take()) if (UNK) { q.k = 4; throw 1 } } catch {}
exports.f = (x) => o.k * x * x;`,
};

const KEPT: typeof OUT_OF_SIGHT = {
  'a property that it may keep': `const a0 = { k: 1 }, cfg = { cur: a0 };
if (UNK) cfg.cur = { k: 7 };
cfg.cur.k = 2;
exports.f = (x) => a0.k * x * x;`,
  'a property that a function may keep': `const a0 = { k: 1 }, cfg = { cur: a0 };
function reset() { cfg.cur = { k: 7 } }
if (UNK) reset();
const c = cfg.cur; c.k = 2;
exports.f = (x) => a0.k * x * x;`,
  'a variable that it may keep': `const a0 = { k: 1 }; let cur = a0;
if (UNK) cur = { k: 7 };
cur.k = 2;
exports.f = (x) => a0.k * x * x;`,
  'a variable that a function may keep': `const a0 = { k: 1 }; let cur = a0;
function pick() { if (UNK) { cur = { k: 3 }; return 0 } return 1 }
pick(); cur.k = 9;
exports.f = (x) => a0.k * x * x;`,
};

const CAUGHT: { readonly [name: string]: string | Files } = {
  'in a promise': `let k = 1;
new Promise((resolve) => { resolve(); if (UNK) throw new Error('x'); k = 2 });
exports.f = (x) => k * x * x;`,
  'in a module that is tried': {
    'a.js': `let k; try { require('./opt.js'); k = 1 } catch (e) { k = 2 }
exports.f = (x) => k * x * x;`,
    'opt.js': `if (UNK) throw new Error('no'); exports.k = 1;`,
  },
  'in a function of a module that is tried': {
    'a.js': `function load() { try { return require('./opt.js') } catch (e) { return { k: 2 } } }
const m = load();
exports.f = (x) => m.k * x * x;`,
    'opt.js': `exports.k = 1; function check() { if (UNK) throw new Error('no') } check();`,
  },
  'in what a module that is tried requires': {
    'a.js': `let k; try { require('./opt.js'); k = 1 } catch (e) { k = 2 }
exports.f = (x) => k * x * x;`,
    'opt.js': `exports.k = require('./opt2.js');`,
    'opt2.js': `if (UNK) throw new Error('no');`,
  },
  'before what changes another module': {
    'a.js': `const core = require('./core.js'); try { require('./opt.js') } catch (e) {}
exports.f = (x) => core.k * x * x;`,
    'opt.js': `if (UNK) throw new Error('no'); require('./core.js').k = 7;`,
    'core.js': `exports.k = 1;`,
  },
  'in a module that is tried again': {
    'a.js': `let k; try { require('./opt.js') } catch (e) {}
try { require('./opt.js'); k = 1 } catch (e) { k = 2 }
exports.f = (x) => k * x * x;`,
    'opt.js': `if (UNK) throw new Error('no');`,
  },
};

const CORE = `exports.k = 1; exports.f = (x) => exports.k * x * x;`;

const LOADED: { readonly [name: string]: Files } = {
  'before what it changes': {
    'a.js': `require('./mid.js'); exports.f = require('./core.js').f;`,
    'mid.js': `if (UNK) require('./plugin.js');`,
    'plugin.js': `const core = require('./core.js'); core.k = 5;`,
    'core.js': CORE,
  },
  'after what it changes, by way of another': {
    'a.js': `require('./core.js'); require('./mid.js'); exports.f = require('./core.js').f;`,
    'mid.js': `if (UNK) require('./plugin.js');`,
    'plugin.js': `require('./plugin2.js');`,
    'plugin2.js': `const core = require('./core.js'); core.set(5);`,
    'core.js': `let k = 1; exports.set = (v) => { k = v }; exports.f = (x) => k * x * x;`,
  },
  'by a function': {
    'a.js': `const core = require('./core.js'); const lazy = () => require('./plugin.js');
if (UNK) lazy();
exports.f = core.f;`,
    'plugin.js': `require('./core.js').k = 5;`,
    'core.js': CORE,
  },
  'by a name that is worked out': {
    'a.js': `const core = require('./core.js'); const name = './plugin.js';
if (UNK) require(name);
exports.f = core.f;`,
    'plugin.js': `require('./core.js').k = 5;`,
    'core.js': CORE,
  },
  'in a cycle': {
    'a.js': `${CORE}
if (UNK) require('./plugin.js');`,
    'plugin.js': `require('./a.js').k = 5;`,
  },
};

const GROUPS: { readonly [title: string]: { readonly [name: string]: string | Files } } = {
  'what only the code under way held may have changed:': OUT_OF_SIGHT,
  'what a call gave may have been changed:': GIVEN,
  'what is unknown may be what was there before:': KEPT,
  'a throw may be caught:': CAUGHT,
  'a module may have been loaded:': LOADED,
};

/** f(2) of each in Node; all in one process. */
function inNode(files: readonly string[]): number[] {
  const text = `for (const file of ${JSON.stringify(files.map((file) => pathToFileURL(file).href))})
  await import(file).then((m) => console.log(JSON.stringify((m.f ?? m.default.f)(2))));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' });
  return out.trim().split('\n').map(Number);
}

for (const [title, programs] of Object.entries(GROUPS))
  describe(title, () => {
    for (const [name, program] of Object.entries(programs))
      test(name, () => {
        const written = ['(Date.now() > 1.6e12)', '(Date.now() < 1.6e12)'].map((unknown) => {
          const texts = typeof program === 'string' ? { 'a.js': program } : program;
          const files = Object.fromEntries(
            Object.entries(texts).map(([file, text]) => [file, text.replaceAll('UNK', unknown)]),
          );
          return write({ files });
        });
        const entries = written.map(({ folder }) => path.join(folder, 'a.js'));
        const expected = inNode(entries);
        const answers = entries.map((entry) => ask(sources(), entry, 'f', [2]));
        for (const { remove } of written) remove();
        // The two ways make a difference: else the program would show nothing.
        expect(expected[0]).not.toBe(expected[1]);
        for (const answer of answers) expect(answer).toMatchObject({ error: { id: 'GL114' } });
      });
  });

test('a module that throws is caught by who tries it', () => {
  const { folder, remove } = write({
    files: {
      'a.js': `let k; try { require('./opt.js'); k = 1 } catch (e) { k = 2 }
exports.f = (x) => k * x * x;`,
      'opt.js': `throw new Error('no')`,
    },
  });
  const entry = path.join(folder, 'a.js');
  const answer = ask(sources(), entry, 'f', [2]);
  const value = inNode([entry])[0];
  remove();
  // f is a multiple of x²: f′(2) = f(2).
  expect(answer).toMatchObject({ value: [value], jacobian: [[value]] });
});
