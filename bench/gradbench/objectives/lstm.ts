function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * The mean loss of a recurrent network with diagonal weights that predicts the next of b-bit characters. `main`: for
 * each layer the weights, then the biases, of forget gate, input gate, output gate and change, b numbers each.
 * `extra`: weights of the input, weights and biases of the output. `initial`: hidden and cell of each layer.
 */
export function lstmLoss(
  main: Float64Array,
  extra: Float64Array,
  initial: Float64Array,
  sequence: Float64Array,
  b: number,
): number {
  const layers = initial.length / (2 * b);
  const characters = sequence.length / b;
  const state = new Float64Array(initial.length);
  for (let i = 0; i < initial.length; i++) state[i] = initial[i]!;
  let total = 0;
  for (let t = 0; t < characters - 1; t++) {
    const signal = new Float64Array(b);
    for (let i = 0; i < b; i++) signal[i] = sequence[t * b + i]! * extra[i]!;
    for (let layer = 0; layer < layers; layer++) {
      const weights = layer * 8 * b;
      const biases = weights + 4 * b;
      const hiddens = layer * 2 * b;
      const cells = hiddens + b;
      for (let i = 0; i < b; i++) {
        const input = signal[i]!;
        const hidden = state[hiddens + i]!;
        const forget = sigmoid(input * main[weights + i]! + main[biases + i]!);
        const ingate = sigmoid(hidden * main[weights + b + i]! + main[biases + b + i]!);
        const outgate = sigmoid(input * main[weights + 2 * b + i]! + main[biases + 2 * b + i]!);
        const change = Math.tanh(hidden * main[weights + 3 * b + i]! + main[biases + 3 * b + i]!);
        const cell = state[cells + i]! * forget + ingate * change;
        state[cells + i] = cell;
        const next = outgate * Math.tanh(cell);
        state[hiddens + i] = next;
        signal[i] = next;
      }
    }
    let sum = 2;
    for (let i = 0; i < b; i++) sum += Math.exp(signal[i]! * extra[b + i]! + extra[2 * b + i]!);
    const logSum = Math.log(sum);
    for (let i = 0; i < b; i++) {
      const predicted = signal[i]! * extra[b + i]! + extra[2 * b + i]!;
      total += sequence[(t + 1) * b + i]! * (predicted - logSum);
    }
  }
  return -total / ((characters - 1) * b);
}
