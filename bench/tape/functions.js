// What is measured: each is run as it stands, as plain JavaScript, and read by Gradlens as text. Around a million
// elementary operations each, on the sizes of main.ts.

/** A loop over one number. */
export function logistic(r, x, n) {
  let y = x;
  for (let i = 0; i < n; i++) y = r * y * (1 - y);
  return y;
}

/** Gravitation: positions and velocities in flat arrays, leapfrog. */
export function nbody(masses, positions, velocities, steps) {
  const n = masses.length;
  const x = positions.slice();
  const v = velocities.slice();
  const dt = 0.01;
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = x[3 * i] - x[3 * j];
        const dy = x[3 * i + 1] - x[3 * j + 1];
        const dz = x[3 * i + 2] - x[3 * j + 2];
        const square = dx * dx + dy * dy + dz * dz + 0.01;
        const factor = dt / (square * Math.sqrt(square));
        v[3 * i] -= dx * masses[j] * factor;
        v[3 * i + 1] -= dy * masses[j] * factor;
        v[3 * i + 2] -= dz * masses[j] * factor;
        v[3 * j] += dx * masses[i] * factor;
        v[3 * j + 1] += dy * masses[i] * factor;
        v[3 * j + 2] += dz * masses[i] * factor;
      }
    }
    for (let i = 0; i < 3 * n; i++) x[i] += dt * v[i];
  }
  let sum = 0;
  for (let i = 0; i < 3 * n; i++) sum += x[i] * x[i];
  return sum;
}

/** ‖W·x‖² for a matrix of rows. */
export function matvec(matrix, vector) {
  let sum = 0;
  for (let i = 0; i < matrix.length; i++) {
    const row = matrix[i];
    let dot = 0;
    for (let j = 0; j < row.length; j++) dot += row[j] * vector[j];
    sum += dot * dot;
  }
  return sum;
}

/** A convolution over typed arrays, and the energy of what comes out. */
export function convolve(signal, kernel) {
  const out = new Float64Array(signal.length);
  for (let i = 0; i < signal.length; i++) {
    let sum = 0;
    for (let k = 0; k < kernel.length; k++) {
      const at = i + k - (kernel.length >> 1);
      if (at >= 0 && at < signal.length) sum += signal[at] * kernel[k];
    }
    out[i] = Math.tanh(sum);
  }
  let energy = 0;
  for (const y of out) energy += y * y;
  return energy;
}

/** Recursion: a binary tree of products. */
export function tree(x, depth) {
  if (depth === 0) return x;
  const left = tree(x * 0.999, depth - 1);
  const right = tree(x * 1.001, depth - 1);
  return 0.5 * (left + right) + 0.001 * left * right;
}

class Vec3 {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
  add(other) {
    return new Vec3(this.x + other.x, this.y + other.y, this.z + other.z);
  }
  scale(factor) {
    return new Vec3(this.x * factor, this.y * factor, this.z * factor);
  }
  cross(other) {
    return new Vec3(
      this.y * other.z - this.z * other.y,
      this.z * other.x - this.x * other.z,
      this.x * other.y - this.y * other.x,
    );
  }
  dot(other) {
    return this.x * other.x + this.y * other.y + this.z * other.z;
  }
}

/** Objects of a class: a charge in a magnetic field. */
export function vectors(px, py, pz, steps) {
  let position = new Vec3(px, py, pz);
  let velocity = new Vec3(0.1, 0.2, 0.3);
  for (let i = 0; i < steps; i++) {
    const force = velocity.cross(position).add(position.scale(-0.1));
    velocity = velocity.add(force.scale(0.001));
    position = position.add(velocity.scale(0.001));
  }
  return position.dot(position);
}

/** Closures and array methods: a model's squared error. */
export function functional(weights, points) {
  const model = (w) => (x) => w.reduce((sum, c, k) => sum + c * x ** k, 0);
  const predict = model(weights);
  return points
    .map(([x, y]) => ({ x, y }))
    .map(({ x, y }) => predict(x) - y)
    .reduce((sum, r) => sum + r * r, 0);
}

/** Functions of Math, as in a statistics package. */
export function likelihood(data, mean, spread) {
  let sum = 0;
  for (const x of data) {
    const z = (x - mean) / spread;
    sum += Math.log(1 + Math.exp(-z * z)) - Math.atan(z) * Math.sin(z) + Math.sqrt(1 + z * z);
  }
  return sum;
}
