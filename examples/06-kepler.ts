// Kepler's equation, M = E − e·sin(E), has no closed solution for E. Newton's method solves it in a few steps; the
// loop ends when it has converged. Its derivatives are known in closed form, and the iteration gives the same:
//
//   ∂E/∂M = 1 / (1 − e·cos(E))        ∂E/∂e = sin(E) / (1 − e·cos(E))

// @differentiable at meanAnomaly = 1, eccentricity = 0.3
export function eccentricAnomaly(meanAnomaly: number, eccentricity: number): number {
  let E = meanAnomaly;
  for (let step = 0; step < 20; step++) {
    const error = E - eccentricity * Math.sin(E) - meanAnomaly;
    E -= error / (1 - eccentricity * Math.cos(E));
    if (Math.abs(error) < 1e-12) break;
  }
  return E;
}

// @differentiable at meanAnomaly = 1, eccentricity = 0.3, axis = 1
export function radius(meanAnomaly: number, eccentricity: number, axis: number): number {
  return axis * (1 - eccentricity * Math.cos(eccentricAnomaly(meanAnomaly, eccentricity)));
}
