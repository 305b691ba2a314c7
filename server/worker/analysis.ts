/** The analysis as one script, for Node and for browsers: it leaves its class where boot.ts looks for it. */
import { SESSION } from './boot.ts';
import { Session } from './session.ts';

(globalThis as { [SESSION]?: typeof Session })[SESSION] = Session;
