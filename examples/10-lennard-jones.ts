// Atoms attract each other from afar and repel each other up close. The negative gradient of the energy is the force
// on every atom: the one thing that a molecular dynamics program needs.

const DEPTH = 1;
const SIZE = 1;

// One pair: the energy is lowest at distance 2^(1/6), where the force is zero.

// @differentiable at r = 2 ** (1 / 6)
// @at r = 1
// @range r = [0.9, 3]
export function pairEnergy(r: number): number {
  const s6 = (SIZE / r) ** 6;
  return 4 * DEPTH * (s6 * s6 - s6);
}

// A cluster of atoms, their coordinates one after another: x0, y0, z0, x1, y1, z1, …

// @differentiable at positions = [0, 0, 0, 1.1, 0, 0, 0.5, 0.9, 0.2]
export function clusterEnergy(positions: number[]): number {
  let energy = 0;
  for (let i = 0; i < positions.length; i += 3) {
    for (let j = 0; j < i; j += 3) {
      const dx = positions[i] - positions[j];
      const dy = positions[i + 1] - positions[j + 1];
      const dz = positions[i + 2] - positions[j + 2];
      energy += pairEnergy(Math.sqrt(dx * dx + dy * dy + dz * dz));
    }
  }
  return energy;
}
