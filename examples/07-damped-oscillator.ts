// A mass on a spring with friction, followed in time by the classical Runge–Kutta method. Where is it after two
// seconds, and how does that depend on the spring? Differentiating the simulation answers, to the last digit.

const STEPS = 50;

/** x″ = −stiffness·x − damping·x′ */
function acceleration(x: number, v: number, stiffness: number, damping: number): number {
  return -stiffness * x - damping * v;
}

// @differentiable wrt stiffness, damping, x0 at stiffness = 4, damping = 0.3, x0 = 1, duration = 2
export function position(stiffness: number, damping: number, x0: number, duration: number): number {
  const h = duration / STEPS;
  let x = x0;
  let v = 0;
  for (let step = 0; step < STEPS; step++) {
    const k1 = acceleration(x, v, stiffness, damping);
    const v2 = v + (h / 2) * k1;
    const k2 = acceleration(x + (h / 2) * v, v2, stiffness, damping);
    const v3 = v + (h / 2) * k2;
    const k3 = acceleration(x + (h / 2) * v2, v3, stiffness, damping);
    const v4 = v + h * k3;
    const k4 = acceleration(x + h * v3, v4, stiffness, damping);
    x += (h / 6) * (v + 2 * v2 + 2 * v3 + v4);
    v += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return x;
}
