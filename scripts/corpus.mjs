// @ts-check
// Functions of npm packages against differences of the real ones:   npm run corpus [-- PACKAGE… --verbose --cli FILE]
import { importTypeScript } from './lib/import-typescript.mjs';

const { main } = await importTypeScript('test/corpus/main.ts');
await main(process.argv.slice(2));
