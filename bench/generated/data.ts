/** The same inputs in every run. */
export function makeData() {
  let state = 12345;
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  const filled = (n: number, make: (i: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => make(i));
  const views = Array.from({ length: 256 }, () => {
    const x = filled(15, () => uniform() - 0.5);
    x[13]! += 5;
    x[6] = 500 + uniform() * 100;
    x[7] = uniform();
    x[8] = uniform();
    x[9] = 0.1 * uniform();
    x[10] = 0.01 * uniform();
    x[14] = uniform() + 0.5;
    return x;
  });
  const options = Array.from({ length: 256 }, () =>
    Float64Array.of(
      80 + 40 * uniform(),
      80 + 40 * uniform(),
      0.01 + 0.05 * uniform(),
      0.1 + 0.4 * uniform(),
      0.2 + 2 * uniform(),
    ),
  );
  return {
    scalars: filled(2048, () => uniform() * 4 - 2),
    rosenbrock: filled(1000, () => uniform() * 2 - 1),
    mixture: filled(25 + 250 + 1375, (i) => normal() * (i < 275 ? 1 : 0.3)),
    points: filled(10_000, normal),
    views,
    weights: filled(6337, () => normal() * 0.15),
    batch: filled(32 * 32, normal),
    targets: filled(32, normal),
    pendulum: Float64Array.of(1.2, 0.1, 9.81, 0.05),
    options,
  };
}

export type Data = ReturnType<typeof makeData>;
