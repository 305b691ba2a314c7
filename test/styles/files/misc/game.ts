/** An entity-component loop with events. */
type Handler<T> = (event: T) => void;
class Emitter<Events extends Record<string, unknown>> {
  #handlers: { [K in keyof Events]?: Handler<Events[K]>[] } = {};
  on<K extends keyof Events>(name: K, h: Handler<Events[K]>) { (this.#handlers[name] ??= []).push(h); return () => { this.#handlers[name] = this.#handlers[name]?.filter((x) => x !== h); }; }
  emit<K extends keyof Events>(name: K, e: Events[K]) { this.#handlers[name]?.forEach((h) => h(e)); }
}
interface Hit { target: number; damage: number }
class World extends Emitter<{ hit: Hit; tick: number }> {
  hp: number[] = [100, 80];
  shield = 0;
  constructor(private attack: number, private armour: Record<string, number>) {
    super();
    this.on('hit', ({ target, damage }) => { this.hp[target] -= (damage * 100) / (100 + (this.armour[`p${target}`] ?? 0)); });
    const off = this.on('tick', (dt) => { this.shield += 2 * dt; });
    this.on('tick', () => { if (this.shield > 1) off(); });
  }
  run(n: number) { for (let t = 0; t < n; t++) { this.emit('tick', 0.1); this.emit('hit', { target: t % 2, damage: this.attack * (1 + 0.1 * t) - this.shield }); } return this.hp; }
}
//= battle(12, 30, 10)
export const battle = (attack: number, a0: number, a1: number) => new World(attack, { p0: a0, p1: a1 }).run(8);
//= steer([0, 0], [1, 0.5], [4, 3], 0.7)
export function steer(pos: number[], vel: number[], target: number[], maxForce: number): number[] {
  const len = (v: number[]) => Math.sqrt(v[0]! ** 2 + v[1]! ** 2), limit = (v: number[], m: number) => (len(v) > m ? v.map((x) => (x / len(v)) * m) : v);
  const desired = target.map((t, i) => t - pos[i]!), d = len(desired), speed = d < 2 ? d : 2;
  return limit(desired.map((x, i) => (x / d) * speed - vel[i]!), maxForce);
}
//= damageCurve(17, 30)
export const damageCurve = (level: number, base: number) => Math.floor(level / 10) * base + base * (1 + (level % 10) / 10) ** 1.5;
//= lootWeight([3, 1, 0.5], 0.4)
export function lootWeight(ws: number[], luck: number): number { const adj = ws.map((w, i) => w * (1 + luck) ** i); const total = adj.reduce((a, b) => a + b); let roll = 0.62 * total, i = 0; while (roll > adj[i]!) roll -= adj[i++]!; return roll / adj[i]!; }
