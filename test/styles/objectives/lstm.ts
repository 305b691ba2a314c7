/** The loss of a stacked LSTM that predicts the next vector of a sequence; gates are vectors as wide as the state. */
type Vec = readonly number[];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function step(weight: Vec, bias: Vec, state: { h: number[]; c: number[] }, input: Vec): number[] {
  const n = input.length;
  const gate = (k: number, x: Vec, f: (v: number) => number) => x.map((xi, i) => f(xi * weight[k * n + i]! + bias[k * n + i]!));
  const forget = gate(0, input, sigmoid);
  const ingate = gate(1, state.h, sigmoid);
  const outgate = gate(2, input, sigmoid);
  const change = gate(3, state.h, Math.tanh);
  state.c = state.c.map((c, i) => c * forget[i]! + ingate[i]! * change[i]!);
  state.h = state.c.map((c, i) => outgate[i]! * Math.tanh(c));
  return state.h;
}

export function lstm(main: readonly { weight: Vec; bias: Vec }[], extra: readonly [Vec, Vec, Vec], sequence: readonly Vec[]): number {
  const n = sequence[0]!.length;
  const states = main.map(() => ({ h: new Array<number>(n).fill(0), c: new Array<number>(n).fill(0) }));
  let total = 0;
  let count = 0;
  for (let t = 0; t + 1 < sequence.length; t++) {
    let x = sequence[t]!.map((v, i) => v * extra[0][i]!);
    main.forEach(({ weight, bias }, l) => { x = step(weight, bias, states[l]!, x); });
    const predicted = x.map((v, i) => v * extra[1][i]! + extra[2][i]!);
    const norm = Math.log(predicted.reduce((s, p) => s + Math.exp(p), 2));
    sequence[t + 1]!.forEach((gold, i) => { total += gold * (predicted[i]! - norm); });
    count += n;
  }
  return -total / count;
}
