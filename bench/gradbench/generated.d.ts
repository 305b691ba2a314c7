/** What Gradlens generates at the start, as modules and objectives import it. */
type Flat = Float64Array;
type Pair = [number, number];
type Potential = (x: number, y: number, w: number) => Pair;
type Saddle = (x1: number, x2: number, y1: number, y2: number) => Pair;
type Greatest = (x1: number, x2: number, s1: number, s2: number) => Pair;
type Row = [Float64Array, Float64Array, number];

declare module '*/generated/squareGradient.ts' {
  export function squareGradient(x: number): number;
}
declare module '*/generated/llsqGradient.ts' {
  export function llsqGradient(x: Flat, n: number, out?: Flat): Flat;
}
declare module '*/generated/logSumExpGradient.ts' {
  export function logSumExpGradient(x: Flat, out?: Flat): Flat;
}
declare module '*/generated/rungeKuttaGradient.ts' {
  export function rungeKuttaGradient(x: Flat, steps: number, out?: Flat): Flat;
}
declare module '*/generated/determinantGradient.ts' {
  export function determinantGradient(a: Flat, n: number, out?: Flat): Flat;
}
declare module '*/generated/spreadGradient.ts' {
  export function spreadGradient(
    points: Flat,
    centroids: Flat,
    d: number,
    clusters: Int32Array,
    out?: Flat,
  ): Flat;
}
declare module '*/generated/spreadHvp.ts' {
  export function spreadHvp(
    points: Flat,
    centroids: Flat,
    d: number,
    clusters: Int32Array,
    direction: Flat,
    out?: Flat,
  ): Flat;
}
declare module '*/generated/potentialGradientForward.ts' {
  export const potentialGradientForward: Potential;
}
declare module '*/generated/potentialGradientReverse.ts' {
  export const potentialGradientReverse: Potential;
}
declare module '*/generated/crossingFF.ts' {
  export function crossingFF(w: number): number;
}
declare module '*/generated/crossingFR.ts' {
  export function crossingFR(w: number): number;
}
declare module '*/generated/crossingRF.ts' {
  export function crossingRF(w: number): number;
}
declare module '*/generated/crossingRR.ts' {
  export function crossingRR(w: number): number;
}
declare module '*/generated/saddleGradientForward.ts' {
  export const saddleGradientForward: Saddle;
}
declare module '*/generated/saddleGradientReverse.ts' {
  export const saddleGradientReverse: Saddle;
}
declare module '*/generated/greatestFF.ts' {
  export const greatestFF: Greatest;
}
declare module '*/generated/greatestFR.ts' {
  export const greatestFR: Greatest;
}
declare module '*/generated/greatestRF.ts' {
  export const greatestRF: Greatest;
}
declare module '*/generated/greatestRR.ts' {
  export const greatestRR: Greatest;
}
declare module '*/generated/logPosteriorGradient.ts' {
  export function logPosteriorGradient(
    alpha: Flat,
    mu: Flat,
    q: Flat,
    l: Flat,
    x: Flat,
    d: number,
    m: number,
    gamma: number,
    out?: [Flat, Flat, Flat, Flat],
  ): [Flat, Flat, Flat, Flat];
}
declare module '*/generated/reprojectionErrorJacobian.ts' {
  export function reprojectionErrorJacobian(
    camera: Flat,
    point: Flat,
    w: number,
    seenX: number,
    seenY: number,
    out?: [Row, Row],
  ): [Row, Row];
}
declare module '*/generated/weightErrorGradient.ts' {
  export function weightErrorGradient(w: number): number;
}
declare module '*/generated/lstmLossGradient.ts' {
  export function lstmLossGradient(
    main: Flat,
    extra: Flat,
    initial: Flat,
    sequence: Flat,
    b: number,
    out?: [Flat, Flat],
  ): [Flat, Flat];
}
declare module '*/generated/vertexErrorsJvp.ts' {
  type Hand = import('./objectives/ht.ts').Hand;
  export function vertexErrorsJvp(
    theta: Flat,
    hand: Hand,
    correspondences: Int32Array,
    points: Flat,
    thetaDot: Flat,
    out?: Flat,
  ): Flat;
}
declare module '*/generated/surfaceErrorsJvp.ts' {
  type Hand = import('./objectives/ht.ts').Hand;
  export function surfaceErrorsJvp(
    theta: Flat,
    u: Flat,
    hand: Hand,
    triangles: Int32Array,
    correspondences: Int32Array,
    points: Flat,
    thetaDot: Flat,
    uDot: Flat,
    out?: Flat,
  ): Flat;
}
