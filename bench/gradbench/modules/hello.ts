import { squareGradient } from '../generated/squareGradient.ts';
import * as hello from '../objectives/hello.ts';
import type { Prepared } from '../protocol.ts';

export const square = (x: number): Prepared => ({ run: () => hello.square(x) });

/** The gradient of the square. */
export const double = (x: number): Prepared => ({ run: () => squareGradient(x) });
