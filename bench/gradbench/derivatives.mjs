// @ts-check
/**
 * What is generated for each of GradBench's modules, in order: later ones may import earlier ones.
 * @typedef {{ file: string, of: string, wrt: string, name: string, kind?: string, mode?: string, style?: string }} Derivative
 */

/** @type {Readonly<Record<string, readonly (readonly Derivative[])[]>>} */
export const derivatives = {
  hello: [[{ file: 'hello', of: 'square', wrt: 'x', name: 'squareGradient' }]],
  llsq: [[{ file: 'llsq', of: 'llsq', wrt: 'x', name: 'llsqGradient' }]],
  lse: [[{ file: 'lse', of: 'logSumExp', wrt: 'x', name: 'logSumExpGradient' }]],
  ode: [[{ file: 'ode', of: 'lastOfRungeKutta', wrt: 'x', name: 'rungeKuttaGradient' }]],
  det: [[{ file: 'det', of: 'determinant', wrt: 'a', name: 'determinantGradient' }]],
  kmeans: [
    [
      { file: 'kmeans', of: 'spread', wrt: 'centroids', name: 'spreadGradient' },
      { file: 'kmeans', of: 'spread', wrt: 'centroids', name: 'spreadHvp', kind: 'hvp' },
    ],
  ],
  particle: [
    [
      { file: 'potential', of: 'potential', wrt: 'x, y', name: 'potentialGradientForward', mode: 'forward' },
      { file: 'potential', of: 'potential', wrt: 'x, y', name: 'potentialGradientReverse', mode: 'reverse' },
    ],
    [
      { file: 'particle', of: 'crossingForward', wrt: 'w', name: 'crossingFF', mode: 'forward' },
      { file: 'particle', of: 'crossingReverse', wrt: 'w', name: 'crossingFR', mode: 'forward' },
      { file: 'particle', of: 'crossingForward', wrt: 'w', name: 'crossingRF', mode: 'reverse' },
      { file: 'particle', of: 'crossingReverse', wrt: 'w', name: 'crossingRR', mode: 'reverse' },
    ],
  ],
  saddle: [
    [
      { file: 'saddleFunction', of: 'saddle', wrt: 'y1, y2', name: 'saddleGradientForward', mode: 'forward' },
      { file: 'saddleFunction', of: 'saddle', wrt: 'y1, y2', name: 'saddleGradientReverse', mode: 'reverse' },
    ],
    [
      { file: 'saddle', of: 'greatestForward', wrt: 'x1, x2', name: 'greatestFF', mode: 'forward' },
      { file: 'saddle', of: 'greatestReverse', wrt: 'x1, x2', name: 'greatestFR', mode: 'forward' },
      { file: 'saddle', of: 'greatestForward', wrt: 'x1, x2', name: 'greatestRF', mode: 'reverse' },
      { file: 'saddle', of: 'greatestReverse', wrt: 'x1, x2', name: 'greatestRR', mode: 'reverse' },
    ],
  ],
  gmm: [[{ file: 'gmm', of: 'logPosterior', wrt: 'alpha, mu, q, l', name: 'logPosteriorGradient' }]],
  ba: [
    [
      {
        file: 'ba',
        of: 'reprojectionError',
        wrt: 'camera, point, w',
        name: 'reprojectionErrorJacobian',
        kind: 'jacobian',
      },
      { file: 'ba', of: 'weightError', wrt: 'w', name: 'weightErrorGradient' },
    ],
  ],
  lstm: [[{ file: 'lstm', of: 'lstmLoss', wrt: 'main, extra', name: 'lstmLossGradient' }]],
  ht: [
    [
      { file: 'ht', of: 'vertexErrors', wrt: 'theta', name: 'vertexErrorsJvp', kind: 'jvp' },
      { file: 'ht', of: 'surfaceErrors', wrt: 'theta, u', name: 'surfaceErrorsJvp', kind: 'jvp' },
    ],
  ],
};
