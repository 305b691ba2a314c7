// Random tests draw the same cases every time, so that a green run stays green; GRADLENS_SEED draws others.
import fc from 'fast-check';

const seed = Number(process.env['GRADLENS_SEED'] ?? 20_261_123);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
