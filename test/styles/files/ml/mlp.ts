type Vec = number[];
type Activation = 'relu' | 'tanh' | 'sigmoid' | 'gelu' | 'linear';
interface Layer { w: number[][]; b: Vec; act?: Activation }

const act: Record<Activation, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  linear: (x) => x,
};

export const forward = (layers: Layer[], x: Vec): Vec =>
  layers.reduce((h, { w, b, act: a = 'linear' }) => w.map((row, i) => act[a](row.reduce((s, wij, j) => s + wij * h[j]!, b[i]!))), x);

const softmax = (z: Vec): Vec => {
  const m = Math.max(...z);
  const e = z.map((x) => Math.exp(x - m));
  const s = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / s);
};

//= crossEntropy([{"w": [[0.5, -0.2], [0.1, 0.7], [-0.3, 0.4]], "b": [0.1, 0, -0.1], "act": "tanh"}, {"w": [[0.2, 0.3, -0.5], [-0.1, 0.8, 0.2]], "b": [0, 0.05]}], [1.2, -0.7], 1)
//= crossEntropy([{"w": [[0.5, -0.2], [0.1, 0.7], [-0.3, 0.4]], "b": [0.1, 0.01, -0.1], "act": "relu"}, {"w": [[0.2, 0.3, -0.5], [-0.1, 0.8, 0.2]], "b": [0, 0.05], "act": "gelu"}], [1.2, -0.7], 0)
export function crossEntropy(layers: Layer[], x: Vec, label: number): number {
  return -Math.log(softmax(forward(layers, x))[label]!);
}
