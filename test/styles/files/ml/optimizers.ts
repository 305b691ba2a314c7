/** What does the loss after k steps depend on? Hypergradients through hand-written gradients. */
type Grad = (w: readonly number[]) => number[];
interface Optimizer { update(w: readonly number[], g: readonly number[]): number[] }

class Sgd implements Optimizer {
  private velocity: number[] | undefined;
  constructor(private readonly lr: number, private readonly momentum = 0) {}
  update(w: readonly number[], g: readonly number[]) {
    this.velocity ??= w.map(() => 0);
    this.velocity = this.velocity.map((v, i) => this.momentum * v - this.lr * g[i]!);
    return w.map((x, i) => x + this.velocity![i]!);
  }
}
class Adam implements Optimizer {
  private m: number[] = []; private v: number[] = []; private t = 0;
  constructor(private lr: number, private b1 = 0.9, private b2 = 0.999) {}
  update(w: readonly number[], g: readonly number[]) {
    const t = ++this.t;
    return w.map((x, i) => {
      this.m[i] = this.b1 * (this.m[i] ?? 0) + (1 - this.b1) * g[i]!;
      this.v[i] = this.b2 * (this.v[i] ?? 0) + (1 - this.b2) * g[i]! * g[i]!;
      return x - (this.lr * this.m[i]! / (1 - this.b1 ** t)) / (Math.sqrt(this.v[i]! / (1 - this.b2 ** t)) + 1e-8);
    });
  }
}
const quad: Grad = ([a, b]) => [2 * (a! - 1) + b!, 4 * b! + a!];
const loss = ([a, b]: readonly number[]) => (a! - 1) ** 2 + a! * b! + 2 * b! ** 2;
function train(opt: Optimizer, w: number[], steps: number) {
  for (let i = 0; i < steps; i++) w = opt.update(w, quad(w));
  return loss(w);
}
//= sgdLoss(0.05, 0.8, 2, -1)
export const sgdLoss = (lr: number, momentum: number, a: number, b: number) => train(new Sgd(lr, momentum), [a, b], 12);
//= adamLoss(0.1, 2, -1)
export const adamLoss = (lr: number, a: number, b: number) => train(new Adam(lr), [a, b], 8);
